-- one record
-- $1 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $2 "2026-03-02T10:00:00.000Z"
-- $3 2 numbers
-- $4 1 numbers
-- $5 2 numbers
-- $6 1 numbers
-- $7 2 numbers
-- $8 1 numbers
-- $9 1 numbers
-- $10 1 numbers
-- $11 a number
-- $12 "019b0000-0000-7000-8000-000000000027"
select one.*
from (select $1::text[] as "a0", $2::timestamptz as "a1", $3::int[] as "a2", $4::int[] as "a3", $5::int[] as "a4", $6::int[] as "a5", $7::int[] as "a6", $8::int[] as "a7", $9::int[] as "a8", $10::int[] as "a9" ) as "v"
cross join lateral (select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when ((("t"."bucket" = any("v"."a2")) or "t"."owner_id" = any("v"."a3")) or its.shared_level >= 3) then 3 when ((("t"."bucket" = any("v"."a4")) or "t"."owner_id" = any("v"."a5")) or its.shared_level >= 2) then 2 else 1 end) as level
from (select t.*
from "r_things" as t
where t.id = case when (select stamp
from head) = $11::bigint then $12::uuid end and t.deleted_at is null) as t
cross join lateral (select case when t.shares_count > 0 then coalesce((select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a0")) is true and (sh.expires_at is null or sh.expires_at > "v"."a1")), 0) else 0 end as shared_level offset 0) as its
where (((("t"."bucket" = any("v"."a6")) or "t"."owner_id" = any("v"."a7")) or its.shared_level >= 1) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a8")) or "t"."owner_id" = any("v"."a9")) or its.shared_level >= 1)))) as one

-- plan
-- Nested Loop
--   InitPlan 1
--     ->  Seq Scan on head
--   ->  Index Scan using r_things_pkey on r_things t
--         Index Cond: (id = CASE WHEN ((InitPlan 1).col1 = ?::bigint) THEN ?::uuid ELSE NULL::uuid END)
--         Filter: (deleted_at IS NULL)
--   ->  Subquery Scan on its
--         Filter: (((NOT t.confidential) OR (t.bucket = ANY (?::integer[])) OR (t.owner_id = ANY (?::integer[])) OR (its.shared_level >= 1)) AND ((t.bucket = ANY (?::integer[])) OR (t.owner_id = ANY (?::integer[])) OR (its.shared_level >= 1)))
--         ->  Result
--               InitPlan 2
--                 ->  Aggregate
--                       ->  Seq Scan on shares sh
--                             Filter: (((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id) AND ((grantee = ANY (?::text[])) IS TRUE))
