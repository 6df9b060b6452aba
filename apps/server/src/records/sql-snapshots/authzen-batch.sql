-- decisions on several people and records
-- $1 "{019b0000-0000-7000-8000-000000000027,019b0000-0000-7000-8000-000000000029}"
-- $2 ["019b0000-0000-7000-8000-000000000027","019b0000-0000-7000-8000-000000000029"]
-- $3 "{019b0000-0000-7000-8000-000000000028,019b0000-0000-7000-8000-000000000030}"
-- $4 ["019b0000-0000-7000-8000-000000000028","019b0000-0000-7000-8000-000000000030"]
-- $5 a number
-- $6 2 numbers
-- $7 1 numbers
-- $8 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $9 a number
-- $10 "2026-03-02T10:00:00.000Z"
-- $11 1 numbers
-- $12 1 numbers
-- $13 a number
-- $14 4 numbers
-- $15 1 numbers
-- $16 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $17 0 numbers
-- $18 1 numbers
select s.stamp, case when s.stamp = "v"."a0" then (select string_agg(coalesce((select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any("v"."a1")) or "t"."owner_id" = any("v"."a2")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= "v"."a4" and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a6")) or "t"."owner_id" = any("v"."a7")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= "v"."a8" and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))))) then 2 else 0 end)::text
from "r_things" as t
where "t"."id" = q.name), '-'), ''
order by q.place)
from unnest($1::uuid[]) with ordinality as q (name, place)) end as "id0", case when s.stamp = "v"."a0" then (select string_agg(coalesce((select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any("v"."a1")) or "t"."owner_id" = any("v"."a2")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= "v"."a4" and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a6")) or "t"."owner_id" = any("v"."a7")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= "v"."a8" and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))))) then 2 else 0 end)::text
from "r_things" as t
where "t"."external_id" = q.name), '-'), ''
order by q.place)
from unnest($2::text[]) with ordinality as q (name, place)) end as "external0", case when s.stamp = "v"."a0" then (select string_agg(coalesce((select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any("v"."a9")) or "t"."owner_id" = any("v"."a10")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a11")) is true and sh.level >= "v"."a4" and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a13") or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a11")) is true and sh.level >= "v"."a8" and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))))) then 2 else 0 end)::text
from "r_things" as t
where "t"."id" = q.name), '-'), ''
order by q.place)
from unnest($3::uuid[]) with ordinality as q (name, place)) end as "id1", case when s.stamp = "v"."a0" then (select string_agg(coalesce((select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any("v"."a9")) or "t"."owner_id" = any("v"."a10")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a11")) is true and sh.level >= "v"."a4" and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a13") or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a11")) is true and sh.level >= "v"."a8" and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0))))) then 2 else 0 end)::text
from "r_things" as t
where "t"."external_id" = q.name), '-'), ''
order by q.place)
from unnest($4::text[]) with ordinality as q (name, place)) end as "external1"
from (select $5::bigint as "a0", $6::int[] as "a1", $7::int[] as "a2", $8::text[] as "a3", $9::smallint as "a4", $10::timestamptz as "a5", $11::int[] as "a6", $12::int[] as "a7", $13::smallint as "a8", $14::int[] as "a9", $15::int[] as "a10", $16::text[] as "a11", $17::int[] as "a12", $18::int[] as "a13" ) as "v"
cross join head s

-- plan
-- Seq Scan on head s
--   InitPlan 4
--     ->  Aggregate
--           ->  Function Scan on unnest q
--           SubPlan 3
--             ->  Index Scan using r_things_pkey on r_things t
--                   Index Cond: (id = q.name)
--                   SubPlan 1
--                     ->  Seq Scan on shares sh
--                           Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                   SubPlan 2
--                     ->  Seq Scan on shares sh_1
--                           Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--   InitPlan 8
--     ->  Aggregate
--           ->  Function Scan on unnest q_1
--           SubPlan 7
--             ->  Index Scan using "i_things$$external" on r_things t_1
--                   Filter: (external_id = q_1.name)
--                   SubPlan 5
--                     ->  Seq Scan on shares sh_2
--                           Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                   SubPlan 6
--                     ->  Seq Scan on shares sh_3
--                           Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--   InitPlan 12
--     ->  Aggregate
--           ->  Function Scan on unnest q_2
--           SubPlan 11
--             ->  Index Scan using r_things_pkey on r_things t_2
--                   Index Cond: (id = q_2.name)
--                   SubPlan 9
--                     ->  Seq Scan on shares sh_4
--                           Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_2.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                   SubPlan 10
--                     ->  Seq Scan on shares sh_5
--                           Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_2.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--   InitPlan 16
--     ->  Aggregate
--           ->  Function Scan on unnest q_3
--           SubPlan 15
--             ->  Index Scan using "i_things$$external" on r_things t_3
--                   Filter: (external_id = q_3.name)
--                   SubPlan 13
--                     ->  Seq Scan on shares sh_6
--                           Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_3.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                   SubPlan 14
--                     ->  Seq Scan on shares sh_7
--                           Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_3.id) AND ((grantee = ANY (?::text[])) IS TRUE))
