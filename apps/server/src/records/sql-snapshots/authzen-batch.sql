-- decisions on several people and records
-- $1 a number
-- $2 2 numbers
-- $3 1 numbers
-- $4 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $5 a number
-- $6 "2026-03-02T10:00:00.000Z"
-- $7 1 numbers
-- $8 1 numbers
-- $9 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $10 a number
-- $11 "2026-03-02T10:00:00.000Z"
-- $12 a number
-- $13 "{019b0000-0000-7000-8000-000000000027,019b0000-0000-7000-8000-000000000029}"
-- $14 a number
-- $15 2 numbers
-- $16 1 numbers
-- $17 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $18 a number
-- $19 "2026-03-02T10:00:00.000Z"
-- $20 1 numbers
-- $21 1 numbers
-- $22 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $23 a number
-- $24 "2026-03-02T10:00:00.000Z"
-- $25 a number
-- $26 ["019b0000-0000-7000-8000-000000000027","019b0000-0000-7000-8000-000000000029"]
-- $27 a number
-- $28 4 numbers
-- $29 1 numbers
-- $30 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $31 a number
-- $32 "2026-03-02T10:00:00.000Z"
-- $33 1 numbers
-- $34 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $35 a number
-- $36 "2026-03-02T10:00:00.000Z"
-- $37 a number
-- $38 "{019b0000-0000-7000-8000-000000000028,019b0000-0000-7000-8000-000000000030}"
-- $39 a number
-- $40 4 numbers
-- $41 1 numbers
-- $42 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $43 a number
-- $44 "2026-03-02T10:00:00.000Z"
-- $45 1 numbers
-- $46 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $47 a number
-- $48 "2026-03-02T10:00:00.000Z"
-- $49 a number
-- $50 ["019b0000-0000-7000-8000-000000000028","019b0000-0000-7000-8000-000000000030"]
select s.stamp, case when s.stamp = $1::bigint then (select string_agg(coalesce((select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any($2::int[])) or "t"."owner_id" = any($3::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($4::text[])) is true and sh.level >= $5::smallint and (sh.expires_at is null or sh.expires_at > $6::timestamptz) offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any($7::int[])) or "t"."owner_id" = any($8::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($9::text[])) is true and sh.level >= $10::smallint and (sh.expires_at is null or sh.expires_at > $11::timestamptz) offset 0))))) then $12::int else 0 end)::text
from "r_things" as t
where "t"."id" = q.name), '-'), ''
order by q.place)
from unnest($13::uuid[]) with ordinality as q (name, place)) end as "id0", case when s.stamp = $14::bigint then (select string_agg(coalesce((select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any($15::int[])) or "t"."owner_id" = any($16::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($17::text[])) is true and sh.level >= $18::smallint and (sh.expires_at is null or sh.expires_at > $19::timestamptz) offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any($20::int[])) or "t"."owner_id" = any($21::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($22::text[])) is true and sh.level >= $23::smallint and (sh.expires_at is null or sh.expires_at > $24::timestamptz) offset 0))))) then $25::int else 0 end)::text
from "r_things" as t
where "t"."external_id" = q.name), '-'), ''
order by q.place)
from unnest($26::text[]) with ordinality as q (name, place)) end as "external0", case when s.stamp = $27::bigint then (select string_agg(coalesce((select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any($28::int[])) or "t"."owner_id" = any($29::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($30::text[])) is true and sh.level >= $31::smallint and (sh.expires_at is null or sh.expires_at > $32::timestamptz) offset 0))) and not ("t"."confidential" and not ("t"."owner_id" = any($33::int[]) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($34::text[])) is true and sh.level >= $35::smallint and (sh.expires_at is null or sh.expires_at > $36::timestamptz) offset 0))))) then $37::int else 0 end)::text
from "r_things" as t
where "t"."id" = q.name), '-'), ''
order by q.place)
from unnest($38::uuid[]) with ordinality as q (name, place)) end as "id1", case when s.stamp = $39::bigint then (select string_agg(coalesce((select (case when t.deleted_at is not null then 0 when (((("t"."bucket" = any($40::int[])) or "t"."owner_id" = any($41::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($42::text[])) is true and sh.level >= $43::smallint and (sh.expires_at is null or sh.expires_at > $44::timestamptz) offset 0))) and not ("t"."confidential" and not ("t"."owner_id" = any($45::int[]) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($46::text[])) is true and sh.level >= $47::smallint and (sh.expires_at is null or sh.expires_at > $48::timestamptz) offset 0))))) then $49::int else 0 end)::text
from "r_things" as t
where "t"."external_id" = q.name), '-'), ''
order by q.place)
from unnest($50::text[]) with ordinality as q (name, place)) end as "external1"
from head s

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
