-- the recycle bin
-- $1 2 numbers
-- $2 0 numbers
-- $3 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $4 a number
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 1 numbers
-- $7 0 numbers
-- $8 a number
-- $9 2 numbers
-- $10 0 numbers
-- $11 a number
-- $12 1 numbers
-- $13 0 numbers
-- $14 a number
select s.stamp, r.*
from head s
left join lateral ( select page.*, counted.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::text[] as "a2", $4::smallint as "a3", $5::timestamptz as "a4", $6::int[] as "a5", $7::int[] as "a6", $8::smallint as "a7", $9::int[] as "a8", $10::int[] as "a9", $11::smallint as "a10", $12::int[] as "a11", $13::int[] as "a12" ) as "v"
cross join lateral (select) as counted
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when ((("t"."bucket" = any("v"."a0")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= "v"."a3" and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a5")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= "v"."a7" and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))))) then 3 when ((("t"."bucket" = any("v"."a8")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= "v"."a10" and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a11")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= "v"."a7" and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))))) then 2 else 1 end) as level, "t"."s0"::text as "k0"
from (select t.*, "t"."updated_at" as "s0"
from ( select t.*
from "r_things" as t
where t.deleted_at is not null and false) as t ) as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page on true) r on s.stamp = $14::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Nested Loop Left Join
--         ->  Result
--         ->  Limit
--               ->  Result
--                     ->  Sort
--                           Sort Key: updated_at DESC, id DESC
--                           ->  Result
--                                 One-Time Filter: false
--                     SubPlan 1
--                       ->  Seq Scan on shares sh
--                             Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                     SubPlan 2
--                       ->  Seq Scan on shares sh_1
--                             Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                     SubPlan 3
--                       ->  Seq Scan on shares sh_2
--                             Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                     SubPlan 4
--                       ->  Seq Scan on shares sh_3
--                             Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = id) AND ((grantee = ANY (?::text[])) IS TRUE))
