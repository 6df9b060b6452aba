-- decisions on several people and records
-- $1 a number
-- $2 a number
-- $3 "{019b0000-0000-7000-8000-000000000027,019b0000-0000-7000-8000-000000000029}"
-- $4 ["019b0000-0000-7000-8000-000000000027","019b0000-0000-7000-8000-000000000029"]
-- $5 a number
-- $6 a number
-- $7 "{019b0000-0000-7000-8000-000000000028,019b0000-0000-7000-8000-000000000030}"
-- $8 ["019b0000-0000-7000-8000-000000000028","019b0000-0000-7000-8000-000000000030"]
-- $9 a number
-- $10 2 numbers
-- $11 1 numbers
-- $12 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $13 "2026-03-02T10:00:00.000Z"
-- $14 1 numbers
-- $15 1 numbers
-- $16 4 numbers
-- $17 1 numbers
-- $18 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $19 1 numbers
select s.stamp, case when s.stamp = "v"."a0" then ( select string_agg(coalesce((select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any("v"."a1")) or "t"."owner_id" = any("v"."a2")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a5")) or "t"."owner_id" = any("v"."a6")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))))) then $1::int else 0 end)::text
from "r_things" as t
where t.id = q.id), (select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any("v"."a1")) or "t"."owner_id" = any("v"."a2")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a5")) or "t"."owner_id" = any("v"."a6")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))))) then $2::int else 0 end)::text
from "r_things" as t
where t.external_id = q.text), '-'), ''
order by q.place)
from unnest($3::uuid[], $4::text[]) with ordinality as q (id, text, place)) end as "levels0", case when s.stamp = "v"."a0" then ( select string_agg(coalesce((select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any("v"."a7")) or "t"."owner_id" = any("v"."a8")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a9")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a10") or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a9")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))))) then $5::int else 0 end)::text
from "r_things" as t
where t.id = q.id), (select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any("v"."a7")) or "t"."owner_id" = any("v"."a8")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a9")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a10") or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a9")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))))) then $6::int else 0 end)::text
from "r_things" as t
where t.external_id = q.text), '-'), ''
order by q.place)
from unnest($7::uuid[], $8::text[]) with ordinality as q (id, text, place)) end as "levels1"
from (select $9::bigint as "a0", $10::int[] as "a1", $11::int[] as "a2", $12::text[] as "a3", $13::timestamptz as "a4", $14::int[] as "a5", $15::int[] as "a6", $16::int[] as "a7", $17::int[] as "a8", $18::text[] as "a9", $19::int[] as "a10" ) as "v"
cross join head s

-- plan
-- Seq Scan on head s
--   InitPlan 7
--     ->  Aggregate
--           ->  Function Scan on q
--           SubPlan 3
--             ->  Index Scan using r_things_pkey on r_things t
--                   Index Cond: (id = q.id)
--                   SubPlan 1
--                     ->  Seq Scan on shares sh
--                           Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                   SubPlan 2
--                     ->  Seq Scan on shares sh_1
--                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--           SubPlan 6
--             ->  Index Scan using "i_things$$external" on r_things t_1
--                   Filter: (external_id = q.text)
--                   SubPlan 4
--                     ->  Seq Scan on shares sh_2
--                           Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                   SubPlan 5
--                     ->  Seq Scan on shares sh_3
--                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--   InitPlan 14
--     ->  Aggregate
--           ->  Function Scan on q_1
--           SubPlan 10
--             ->  Index Scan using r_things_pkey on r_things t_2
--                   Index Cond: (id = q_1.id)
--                   SubPlan 8
--                     ->  Seq Scan on shares sh_4
--                           Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_2.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                   SubPlan 9
--                     ->  Seq Scan on shares sh_5
--                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_2.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--           SubPlan 13
--             ->  Index Scan using "i_things$$external" on r_things t_3
--                   Filter: (external_id = q_1.text)
--                   SubPlan 11
--                     ->  Seq Scan on shares sh_6
--                           Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_3.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                   SubPlan 12
--                     ->  Seq Scan on shares sh_7
--                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_3.id) AND ((grantee = ANY (?::text[])) IS TRUE))
