-- by two fields
-- $1 2 numbers
-- $2 0 numbers
-- $3 "{\"user:north\",\"everyone\",\"role:northManager\",\"role+:northManager\",\"role+:head\"}"
-- $4 a number
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 1 numbers
-- $7 0 numbers
-- $8 2 numbers
-- $9 0 numbers
-- $10 a number
-- $11 1 numbers
-- $12 0 numbers
-- $13 2 numbers
-- $14 0 numbers
-- $15 a number
-- $16 1 numbers
-- $17 0 numbers
-- $18 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::text[] as "a2", $4::smallint as "a3", $5::timestamptz as "a4", $6::int[] as "a5", $7::int[] as "a6", $8::int[] as "a7", $9::int[] as "a8", $10::smallint as "a9", $11::int[] as "a10", $12::int[] as "a11", $13::int[] as "a12", $14::int[] as "a13", $15::smallint as "a14", $16::int[] as "a15", $17::int[] as "a16" offset 0) as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when ((("t"."bucket" = any("v"."a7")) or coalesce(shared.level, 0) >= "v"."a9") and not ("t"."confidential" and not (("t"."bucket" = any("v"."a10")) or coalesce(shared.level, 0) >= "v"."a3"))) then 3 when ((("t"."bucket" = any("v"."a12")) or coalesce(shared.level, 0) >= "v"."a14") and not ("t"."confidential" and not (("t"."bucket" = any("v"."a15")) or coalesce(shared.level, 0) >= "v"."a3"))) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and (sh.expires_at is null or sh.expires_at > "v"."a4")) as shared) else (case when ((("t"."bucket" = any("v"."a7")) or false) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a10")) or false))) then 3 when ((("t"."bucket" = any("v"."a12")) or false) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a15")) or false))) then 2 else 1 end) end) as level, "t"."s0"::text as "k0", "t"."s1"::text as "k1"
from (( select t.*, (control.fold("t"."f_stage") collate "C") as "s0", "t"."f_amount" as "s1"
from "r_things" as t
where t.deleted_at is null and ((("t"."bucket" = any("v"."a0")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= "v"."a3" and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any("v"."a5")) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= "v"."a3" and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0))))) and true
order by (control.fold("t"."f_stage") collate "C") asc nulls last, "t"."f_amount" desc nulls last, "t"."id" desc
limit 51)) as t
order by "t"."s0" asc nulls last, "t"."s1" desc nulls last, "t"."id" desc
limit 51) as page) r on s.stamp = $18::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Nested Loop
--         ->  Result
--         ->  Limit
--               ->  Subquery Scan on t
--                     ->  Limit
--                           ->  Incremental Sort
--                                 Sort Key: ((lower((NORMALIZE(t_1.f_stage, NFC))::text))::text) COLLATE "C", t_1.f_amount DESC NULLS LAST, t_1.id DESC
--                                 Presorted Key: ((lower((NORMALIZE(t_1.f_stage, NFC))::text))::text)
--                                 ->  Index Scan using "i_things$stage" on r_things t_1
--                                       Filter: (((bucket = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 2))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 3))))
--                                       SubPlan 2
--                                         ->  Seq Scan on shares sh_1
--                                               Filter: ((level >= (?::smallint)) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_1.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                       SubPlan 3
--                                         ->  Seq Scan on shares sh_2
--                                               Filter: ((level >= (?::smallint)) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_1.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 1
--                       ->  Subquery Scan on shared
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh
--                                         Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
