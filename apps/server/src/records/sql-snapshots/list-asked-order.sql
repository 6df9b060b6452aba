-- by a field whose index came of such lists
-- $1 1 numbers
-- $2 "{\"user:viewer\",\"everyone\"}"
-- $3 "2026-03-02T10:00:00.000Z"
-- $4 1 numbers
-- $5 1 numbers
-- $6 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::text[] as "a1", $3::timestamptz as "a2", $4::int[] as "a3", $5::int[] as "a4" offset 0) as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when ("t"."owner_id" = any("v"."a3") or coalesce(shared.level, 0) >= 3) then 3 when ("t"."owner_id" = any("v"."a4") or coalesce(shared.level, 0) >= 2) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a1")) is true and (sh.expires_at is null or sh.expires_at > "v"."a2")) as shared) else (case when ("t"."owner_id" = any("v"."a3") or false) then 3 when ("t"."owner_id" = any("v"."a4") or false) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from (( select t.*, "t"."f_amount" as "s0"
from "r_things" as t
where t.deleted_at is null and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a1")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a2") offset 0)))) and "t"."f_amount" is not null
order by "t"."f_amount" desc, t.id desc
limit 51)
union all ( select t.*, "t"."f_amount" as "s0"
from "r_things" as t
where t.deleted_at is null and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a1")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a2") offset 0)))) and "t"."f_amount" is null
order by "t"."f_amount" desc, t.id desc
limit 51)) as t
order by "t"."s0" desc nulls last, "t"."id" desc
limit 51) as page) r on s.stamp = $6::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Nested Loop
--         ->  Result
--         ->  Limit
--               ->  Result
--                     ->  Sort
--                           Sort Key: "*SELECT* 1".s0 DESC NULLS LAST, "*SELECT* 1".id DESC
--                           ->  Result
--                                 ->  Append
--                                       ->  Subquery Scan on "*SELECT* 1"
--                                             ->  Limit
--                                                   ->  Index Scan Backward using "l_things$amount" on r_things t_1
--                                                         Index Cond: (f_amount IS NOT NULL)
--                                                         Filter: ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 2)))
--                                                         SubPlan 2
--                                                           ->  Seq Scan on shares sh_1
--                                                                 Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_1.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                       ->  Subquery Scan on "*SELECT* 2"
--                                             ->  Limit
--                                                   ->  Index Scan Backward using "l_things$amount" on r_things t_2
--                                                         Index Cond: (f_amount IS NULL)
--                                                         Filter: ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 3)))
--                                                         SubPlan 3
--                                                           ->  Seq Scan on shares sh_2
--                                                                 Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_2.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 1
--                       ->  Subquery Scan on shared
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh
--                                         Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = "*SELECT* 1".id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
