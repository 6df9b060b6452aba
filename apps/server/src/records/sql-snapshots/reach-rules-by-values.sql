-- one rule shares what has a value, another what some role owns with another
-- $1 1 numbers
-- $2 "new"
-- $3 1 numbers
-- $4 1 numbers
-- $5 "{\"user:closer\",\"everyone\"}"
-- $6 "2026-03-02T10:00:00.000Z"
-- $7 "won"
-- $8 "500"
-- $9 1 numbers
-- $10 1 numbers
-- $11 a number
-- $12 a number
-- $13 "things"
-- $14 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::text as "a1", $3::int[] as "a2", $4::int[] as "a3", $5::text[] as "a4", $6::timestamptz as "a5", $7::text as "a6", $8::numeric as "a7", $9::int[] as "a8", $10::int[] as "a9" offset 0) as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when ("t"."owner_id" = any("v"."a8") or coalesce(shared.level, 0) >= 3) then 3 when ("t"."owner_id" = any("v"."a9") or (("t"."bucket" = any("v"."a3")) and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a1")) or coalesce(shared.level, 0) >= 2) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and (sh.expires_at is null or sh.expires_at > "v"."a5")) as shared) else (case when ("t"."owner_id" = any("v"."a8") or false) then 3 when ("t"."owner_id" = any("v"."a9") or (("t"."bucket" = any("v"."a3")) and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a1")) or false) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from (( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.owner_id = $11::int and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 1) and t.bucket = $12::int and left((control.fold("t"."f_stage") collate "C"), 64) = left("v"."a1", 64) and case when ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a1") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false)) and not ("t"."owner_id" = any("v"."a2") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) then true else false end and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "found"."s0"
from ( select *
from ( select t.id, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $13 and sh.grantee = any(array(select unnest("v"."a4"))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5"))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or true)) and not ("t"."owner_id" = any("v"."a2") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) and not (("t"."bucket" = any("v"."a3")) and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a1") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) offset 0) as t
order by "t"."s0" desc, "t"."id" desc
limit 51 ) as found join "r_things" as t on t.id = found.id and t.shares_count > 0 and t.deleted_at is null)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 1) and left((control.fold("t"."f_stage") collate "C"), 64) in (left('won'::text, 64)) and "t"."f_amount" < '500'::numeric and case when (("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a6") and ("t"."f_amount" is not null and "t"."f_amount" < "v"."a7")) then true else false end and case when not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false)) and not ("t"."owner_id" = any("v"."a2") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) and not (("t"."bucket" = any("v"."a3")) and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a1") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) and not (("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a4")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a5") offset 0)) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or true))) then true else false end and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)) as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page) r on s.stamp = $14::bigint

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
--                           ->  Subquery Scan on "*SELECT* 2"
--                                 ->  Limit
--                                       ->  Index Scan using "qn_things$stage" on r_things t_2
--                                             Index Cond: ((bucket = ?) AND ("left"((lower((NORMALIZE(f_stage, NFC))::text))::text, 64) = "left"((?::text), 64)))
--                                             Filter: CASE WHEN ((f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text = (?::text)) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[])))) AND ((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[])))))) THEN true ELSE false END
--                           ->  Sort
--                                 Sort Key: "*SELECT* 3".s0 DESC, "*SELECT* 3".id DESC
--                                 ->  Subquery Scan on "*SELECT* 3"
--                                       ->  Nested Loop
--                                             ->  Limit
--                                                   ->  Sort
--                                                         Sort Key: t_4.updated_at DESC, t_4.id DESC
--                                                         ->  Index Scan using "i_things$$shared" on r_things t_4
--                                                               Index Cond: (id = ANY ((InitPlan 3).col1))
--                                                               Filter: (((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[]))))) AND ((bucket <> ALL ((?::integer[]))) OR (f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text)) OR (confidential AND (owner_id <> ALL ((?::integer[]))))))
--                                                               InitPlan 3
--                                                                 ->  Seq Scan on shares sh_1
--                                                                       Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (module = ?::text) AND (grantee = ANY ((InitPlan 2).col1)))
--                                                                       InitPlan 2
--                                                                         ->  ProjectSet
--                                                                               ->  Result
--                                             ->  Index Scan using "i_things$$shared" on r_things t_3
--                                                   Index Cond: (id = t_4.id)
--                           ->  Subquery Scan on "*SELECT* 4"
--                                 ->  Limit
--                                       ->  Index Scan using "rn_things$$d85c5d6bea0d721a" on r_things t_5
--                                             Filter: (CASE WHEN ((f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text = (?::text)) AND (f_amount IS NOT NULL) AND (f_amount < (?::numeric))) THEN true ELSE false END AND CASE WHEN (((NOT confidential) OR (owner_id = ANY ((?::integer[])))) AND ((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[]))))) AND ((bucket <> ALL ((?::integer[]))) OR (f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text)) OR (confidential AND (owner_id <> ALL ((?::integer[]))))) AND ((shares_count <= 0) OR (NOT EXISTS(SubPlan 4)))) THEN true ELSE false END)
--                                             SubPlan 4
--                                               ->  Seq Scan on shares sh_2
--                                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_5.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 1
--                       ->  Subquery Scan on shared
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh
--                                         Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = "*SELECT* 1".id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
