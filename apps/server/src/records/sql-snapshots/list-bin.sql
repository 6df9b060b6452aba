-- the recycle bin
-- $1 2 numbers
-- $2 2 numbers
-- $3 1 numbers
-- $4 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 a number
select s.stamp, r.*
from head s
left join lateral ( select page.*, counted.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::int[] as "a2", $4::text[] as "a3", $5::timestamptz as "a4" ) as "v"
cross join lateral (select) as counted
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when not ("t"."confidential" and not (("t"."bucket" = any("v"."a2")) or coalesce(shared.level, 0) >= 1)) then case when (("t"."bucket" = any("v"."a0")) or coalesce(shared.level, 0) >= 3) then 3 when (("t"."bucket" = any("v"."a1")) or coalesce(shared.level, 0) >= 2) then 2 else 1 end else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and (sh.expires_at is null or sh.expires_at > "v"."a4")) as shared) else (case when not ("t"."confidential" and not (("t"."bucket" = any("v"."a2")) or false)) then case when (("t"."bucket" = any("v"."a0")) or false) then 3 when (("t"."bucket" = any("v"."a1")) or false) then 2 else 1 end else 1 end) end) as level, "t"."s0"::text as "k0"
from (select t.*, "t"."updated_at" as "s0"
from ( select t.*
from "r_things" as t
where t.deleted_at is not null and false) as t ) as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page on true) r on s.stamp = $6::bigint

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
--                       ->  Subquery Scan on shared
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh
--                                         Filter: (((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = id) AND ((grantee = ANY (?::text[])) IS TRUE))
