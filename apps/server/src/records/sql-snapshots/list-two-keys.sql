-- by two fields
-- $1 2 numbers
-- $2 "{\"user:north\",\"everyone\",\"role:northManager\",\"role+:northManager\",\"role+:head\"}"
-- $3 "2026-03-02T10:00:00.000Z"
-- $4 1 numbers
-- $5 2 numbers
-- $6 2 numbers
-- $7 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::text[] as "a1", $3::timestamptz as "a2", $4::int[] as "a3", $5::int[] as "a4", $6::int[] as "a5" offset 0) as "v"
cross join lateral ( select 0 as step, page.*
from (select) as tried
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when (("t"."bucket" = any("v"."a4")) or coalesce(shared.level, 0) >= 3) then 3 when (("t"."bucket" = any("v"."a5")) or coalesce(shared.level, 0) >= 2) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a1")) is true and (sh.expires_at is null or sh.expires_at > "v"."a2")) as shared) else (case when (("t"."bucket" = any("v"."a4")) or false) then 3 when (("t"."bucket" = any("v"."a5")) or false) then 2 else 1 end) end) as level, "t"."s0"::text as "k0", "t"."s1"::text as "k1"
from ( select t.*
from (( select t.*, (control.fold("t"."f_stage") collate "C") as "s0", "t"."f_amount" as "s1"
from "r_things" as t
where t.deleted_at is null and true and true
order by (control.fold("t"."f_stage") collate "C") asc, "t"."f_amount" desc nulls last, "t"."id" desc
limit 2040)) as t
where ((("t"."bucket" = any("v"."a0")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a1")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a2") offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a3")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a1")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a2") offset 0)))))
order by "t"."s0" asc nulls last, "t"."s1" desc nulls last, "t"."id" desc
limit 51) as t
order by "t"."s0" asc nulls last, "t"."s1" desc nulls last, "t"."id" desc
limit 51) as page on true) as page) r on s.stamp = $7::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Nested Loop Left Join
--         ->  Nested Loop
--               ->  Result
--               ->  Result
--         ->  Limit
--               ->  Subquery Scan on t
--                     ->  Limit
--                           ->  Subquery Scan on t_1
--                                 Filter: (((t_1.bucket = ANY ((?::integer[]))) OR ((t_1.shares_count > 0) AND EXISTS(SubPlan 2))) AND ((NOT t_1.confidential) OR (t_1.bucket = ANY ((?::integer[]))) OR ((t_1.shares_count > 0) AND EXISTS(SubPlan 3))))
--                                 ->  Limit
--                                       ->  Incremental Sort
--                                             Sort Key: ((lower((NORMALIZE(t_2.f_stage, NFC))::text))::text) COLLATE "C", t_2.f_amount DESC NULLS LAST, t_2.id DESC
--                                             Presorted Key: ((lower((NORMALIZE(t_2.f_stage, NFC))::text))::text)
--                                             ->  Index Scan using "l_things$$f62e468e630f09a3" on r_things t_2
--                                 SubPlan 2
--                                   ->  Seq Scan on shares sh_1
--                                         Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_1.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                 SubPlan 3
--                                   ->  Seq Scan on shares sh_2
--                                         Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_1.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 1
--                       ->  Subquery Scan on shared
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh
--                                         Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
