-- somebody lists what was shared with him by hand
-- $1 1 numbers
-- $2 1 numbers
-- $3 "{\"user:guest\",\"everyone\"}"
-- $4 "2026-03-02T10:00:00.000Z"
-- $5 1 numbers
-- $6 1 numbers
-- $7 "9"
-- $8 "things"
-- $9 "1"
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::text[] as "a2", $4::timestamptz as "a3", $5::int[] as "a4", $6::int[] as "a5" offset 0) as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when ("t"."owner_id" = any("v"."a4") or coalesce(shared.level, 0) >= 3) then 3 when ("t"."owner_id" = any("v"."a5") or coalesce(shared.level, 0) >= 2) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and (sh.expires_at is null or sh.expires_at > "v"."a3")) as shared) else (case when ("t"."owner_id" = any("v"."a4") or false) then 3 when ("t"."owner_id" = any("v"."a5") or false) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from (( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.owner_id = $7::int and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "found"."s0"
from ( select *
from ( select t.id, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $8 and sh.grantee = any(array(select unnest("v"."a2"))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3"))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or true)) and not ("t"."owner_id" = any("v"."a1") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) offset 0) as t
order by "t"."s0" desc, "t"."id" desc
limit 51 ) as found join "r_things" as t on t.id = found.id and t.shares_count > 0 and t.deleted_at is null)) as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page) r on s.stamp = $9::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Nested Loop
--         ->  Result
--         ->  Limit
--               ->  Result
--                     ->  Merge Append
--                           Sort Key: "*SELECT* 1".s0 DESC, "*SELECT* 1".id DESC
--                           ->  Subquery Scan on "*SELECT* 1"
--                                 ->  Limit
--                                       ->  Index Scan using "i_things$$owner" on r_things t_1
--                                             Index Cond: (owner_id = ?)
--                                             Filter: (((deleted_at IS NULL) OR (version < 0)) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[])))))
--                           ->  Sort
--                                 Sort Key: "*SELECT* 2".s0 DESC, "*SELECT* 2".id DESC
--                                 ->  Subquery Scan on "*SELECT* 2"
--                                       ->  Nested Loop
--                                             ->  Limit
--                                                   ->  Sort
--                                                         Sort Key: t_3.updated_at DESC, t_3.id DESC
--                                                         ->  Index Only Scan using "i_things$$shared" on r_things t_3
--                                                               Index Cond: (id = ANY ((InitPlan 3).col1))
--                                                               Filter: ((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[])))))
--                                                               InitPlan 3
--                                                                 ->  Seq Scan on shares sh_1
--                                                                       Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (module = ?::text) AND (grantee = ANY ((InitPlan 2).col1)))
--                                                                       InitPlan 2
--                                                                         ->  ProjectSet
--                                                                               ->  Result
--                                             ->  Index Scan using "i_things$$shared" on r_things t_2
--                                                   Index Cond: (id = t_3.id)
--                     SubPlan 1
--                       ->  Subquery Scan on shared
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh
--                                         Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = "*SELECT* 1".id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
