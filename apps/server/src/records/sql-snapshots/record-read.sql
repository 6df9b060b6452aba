-- one record
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
-- $11 2 numbers
-- $12 1 numbers
-- $13 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $14 a number
-- $15 "2026-03-02T10:00:00.000Z"
-- $16 1 numbers
-- $17 1 numbers
-- $18 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $19 a number
-- $20 "2026-03-02T10:00:00.000Z"
-- $21 "019b0000-0000-7000-8000-000000000027"
-- $22 2 numbers
-- $23 1 numbers
-- $24 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $25 a number
-- $26 "2026-03-02T10:00:00.000Z"
-- $27 1 numbers
-- $28 1 numbers
-- $29 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $30 a number
-- $31 "2026-03-02T10:00:00.000Z"
-- $32 a number
select s.stamp, r.*
from head s
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when (((("t"."bucket" = any($1::int[])) or "t"."owner_id" = any($2::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($3::text[])) is true and sh.level >= $4::smallint and (sh.expires_at is null or sh.expires_at > $5::timestamptz) offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any($6::int[])) or "t"."owner_id" = any($7::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($8::text[])) is true and sh.level >= $9::smallint and (sh.expires_at is null or sh.expires_at > $10::timestamptz) offset 0))))) then 3 when (((("t"."bucket" = any($11::int[])) or "t"."owner_id" = any($12::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($13::text[])) is true and sh.level >= $14::smallint and (sh.expires_at is null or sh.expires_at > $15::timestamptz) offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any($16::int[])) or "t"."owner_id" = any($17::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($18::text[])) is true and sh.level >= $19::smallint and (sh.expires_at is null or sh.expires_at > $20::timestamptz) offset 0))))) then 2 else 1 end) as level
from "r_things" as t
where t.id = $21::uuid and t.deleted_at is null and (((("t"."bucket" = any($22::int[])) or "t"."owner_id" = any($23::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($24::text[])) is true and sh.level >= $25::smallint and (sh.expires_at is null or sh.expires_at > $26::timestamptz) offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any($27::int[])) or "t"."owner_id" = any($28::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($29::text[])) is true and sh.level >= $30::smallint and (sh.expires_at is null or sh.expires_at > $31::timestamptz) offset 0)))))) r on s.stamp = $32::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Index Scan using r_things_pkey on r_things t
--         Index Cond: (id = ?::uuid)
--         Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 6))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 5))))
--         SubPlan 1
--           ->  Seq Scan on shares sh
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 2
--           ->  Seq Scan on shares sh_1
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 3
--           ->  Seq Scan on shares sh_2
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 4
--           ->  Seq Scan on shares sh_3
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 6
--           ->  Seq Scan on shares sh_5
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--         SubPlan 5
--           ->  Seq Scan on shares sh_4
--                 Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
