-- decisions on several people and records
-- $1 2 numbers
-- $2 1 numbers
-- $3 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $4 a number
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 1 numbers
-- $7 1 numbers
-- $8 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $9 a number
-- $10 "2026-03-02T10:00:00.000Z"
-- $11 a number
-- $12 ["019b0000-0000-7000-8000-000000000027","019b0000-0000-7000-8000-000000000029"]
-- $13 ["019b0000-0000-7000-8000-000000000027","019b0000-0000-7000-8000-000000000029"]
-- $14 4 numbers
-- $15 1 numbers
-- $16 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $17 a number
-- $18 "2026-03-02T10:00:00.000Z"
-- $19 1 numbers
-- $20 "{\"user:head\",\"everyone\",\"role:head\",\"role+:head\"}"
-- $21 a number
-- $22 "2026-03-02T10:00:00.000Z"
-- $23 a number
-- $24 ["019b0000-0000-7000-8000-000000000028","019b0000-0000-7000-8000-000000000030"]
-- $25 ["019b0000-0000-7000-8000-000000000028","019b0000-0000-7000-8000-000000000030"]
-- $26 a number
select s.stamp, r.*
from head s
left join lateral ( select null::int as question, null::text as id, null::text as external_id, false as deleted, 0 as level
where false
union all select 0::int, t.id::text, t.external_id, t.deleted_at is not null, case when (((("t"."bucket" = any($1::int[])) or "t"."owner_id" = any($2::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($3::text[])) is true and sh.level >= $4::smallint and (sh.expires_at is null or sh.expires_at > $5::timestamptz) offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any($6::int[])) or "t"."owner_id" = any($7::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($8::text[])) is true and sh.level >= $9::smallint and (sh.expires_at is null or sh.expires_at > $10::timestamptz) offset 0))))) then $11::int else 0 end
from "r_things" as t
where t.id = any($12::uuid[]) or t.external_id = any($13::text[])
union all select 1::int, t.id::text, t.external_id, t.deleted_at is not null, case when (((("t"."bucket" = any($14::int[])) or "t"."owner_id" = any($15::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($16::text[])) is true and sh.level >= $17::smallint and (sh.expires_at is null or sh.expires_at > $18::timestamptz) offset 0))) and not ("t"."confidential" and not ("t"."owner_id" = any($19::int[]) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($20::text[])) is true and sh.level >= $21::smallint and (sh.expires_at is null or sh.expires_at > $22::timestamptz) offset 0))))) then $23::int else 0 end
from "r_things" as t
where t.id = any($24::uuid[]) or t.external_id = any($25::text[])) r on s.stamp = $26::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Append
--         ->  Result
--               One-Time Filter: false
--         ->  Bitmap Heap Scan on r_things t
--               Recheck Cond: ((id = ANY (?::uuid[])) OR (external_id IS NOT NULL))
--               Filter: ((id = ANY (?::uuid[])) OR (external_id = ANY (?::text[])))
--               ->  BitmapOr
--                     ->  Bitmap Index Scan on r_things_pkey
--                           Index Cond: (id = ANY (?::uuid[]))
--                     ->  Bitmap Index Scan on "i_things$$external"
--               SubPlan 1
--                 ->  Seq Scan on shares sh
--                       Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--               SubPlan 2
--                 ->  Seq Scan on shares sh_1
--                       Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         ->  Bitmap Heap Scan on r_things t_1
--               Recheck Cond: ((id = ANY (?::uuid[])) OR (external_id IS NOT NULL))
--               Filter: ((id = ANY (?::uuid[])) OR (external_id = ANY (?::text[])))
--               ->  BitmapOr
--                     ->  Bitmap Index Scan on r_things_pkey
--                           Index Cond: (id = ANY (?::uuid[]))
--                     ->  Bitmap Index Scan on "i_things$$external"
--               SubPlan 3
--                 ->  Seq Scan on shares sh_2
--                       Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--               SubPlan 4
--                 ->  Seq Scan on shares sh_3
--                       Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
