-- roles, a team, a rule, shares and restrictions at once
-- $1 1 numbers
-- $2 1 numbers
-- $3 "lost"
-- $4 3 numbers
-- $5 1 numbers
-- $6 "{\"user:everything\",\"everyone\",\"role:southManager\",\"role+:southManager\",\"role+:head\",\"team:desk\"}"
-- $7 "2026-03-02T10:00:00.000Z"
-- $8 "4900"
-- $9 1 numbers
-- $10 1 numbers
-- $11 2 numbers
-- $12 1 numbers
-- $13 a number
-- $14 a number
-- $15 a number
-- $16 a number
-- $17 a number
-- $18 "things"
-- $19 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::text as "a2", $4::int[] as "a3", $5::int[] as "a4", $6::text[] as "a5", $7::timestamptz as "a6", $8::numeric as "a7", $9::int[] as "a8", $10::int[] as "a9", $11::int[] as "a10", $12::int[] as "a11" offset 0) as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when ((("t"."bucket" = any("v"."a8")) or "t"."owner_id" = any("v"."a9")) or coalesce(shared.level, 0) >= 3) then 3 when ((("t"."bucket" = any("v"."a10")) or "t"."owner_id" = any("v"."a11")) or (("t"."f_amount" is not null and "t"."f_amount" >= "v"."a7") and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") <> "v"."a2")) or coalesce(shared.level, 0) >= 2) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a5")) is true and (sh.expires_at is null or sh.expires_at > "v"."a6")) as shared) else (case when ((("t"."bucket" = any("v"."a8")) or "t"."owner_id" = any("v"."a9")) or false) then 3 when ((("t"."bucket" = any("v"."a10")) or "t"."owner_id" = any("v"."a11")) or (("t"."f_amount" is not null and "t"."f_amount" >= "v"."a7") and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") <> "v"."a2")) or false) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from (( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $13::int and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2") and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $14::int and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2") and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $15::int and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2") and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.bucket = $16::int and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2") and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.owner_id = $17::int and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2") and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "found"."s0"
from ( select *
from ( select t.id, "t"."updated_at" as "s0"
from "r_things" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $18 and sh.grantee = any(array(select unnest("v"."a5"))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a6"))) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or true)) and not ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2") and not ((("t"."bucket" = any("v"."a3")) or "t"."owner_id" = any("v"."a4")) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2")) offset 0) as t
order by "t"."s0" desc, "t"."id" desc
limit 51 ) as found join "r_things" as t on t.id = found.id and t.shares_count > 0 and t.deleted_at is null)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_things" as t
where ("t"."deleted_at" is null or "t"."version" < 1) and "t"."f_amount" >= '4900'::numeric and case when (("t"."f_amount" is not null and "t"."f_amount" >= "v"."a7") and ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") <> "v"."a2")) then true else false end and case when not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2") and not ((("t"."bucket" = any("v"."a3")) or "t"."owner_id" = any("v"."a4")) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or false)) and not ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2")) and not (("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a5")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a6") offset 0)) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a0")) or "t"."owner_id" = any("v"."a1")) or true)) and not ("t"."f_stage" is not null and (control.fold("t"."f_stage") collate "C") = "v"."a2")) then true else false end and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)) as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page) r on s.stamp = $19::bigint

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
--                                       ->  Index Scan using "i_things$$bucket" on r_things t_1
--                                             Index Cond: (bucket = ?)
--                                             Filter: (((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[])))))
--                           ->  Subquery Scan on "*SELECT* 2"
--                                 ->  Limit
--                                       ->  Index Scan using "i_things$$bucket" on r_things t_2
--                                             Index Cond: (bucket = ?)
--                                             Filter: (((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[])))))
--                           ->  Subquery Scan on "*SELECT* 3"
--                                 ->  Limit
--                                       ->  Index Scan using "i_things$$bucket" on r_things t_3
--                                             Index Cond: (bucket = ?)
--                                             Filter: (((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[])))))
--                           ->  Subquery Scan on "*SELECT* 4"
--                                 ->  Limit
--                                       ->  Index Scan using "i_things$$bucket" on r_things t_4
--                                             Index Cond: (bucket = ?::integer)
--                                             Filter: (((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[])))))
--                           ->  Subquery Scan on "*SELECT* 5"
--                                 ->  Limit
--                                       ->  Index Scan using "i_things$$owner" on r_things t_5
--                                             Index Cond: (owner_id = ?)
--                                             Filter: (((deleted_at IS NULL) OR (version < 0)) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND ((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[])))))
--                           ->  Sort
--                                 Sort Key: "*SELECT* 6".s0 DESC, "*SELECT* 6".id DESC
--                                 ->  Subquery Scan on "*SELECT* 6"
--                                       ->  Nested Loop
--                                             ->  Limit
--                                                   ->  Sort
--                                                         Sort Key: t_7.updated_at DESC, t_7.id DESC
--                                                         ->  Index Scan using "i_things$$shared" on r_things t_7
--                                                               Index Cond: (id = ANY ((InitPlan 3).col1))
--                                                               Filter: (((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND (((bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[])))) OR (confidential AND (bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[])))) OR ((f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text = (?::text)))))
--                                                               InitPlan 3
--                                                                 ->  Seq Scan on shares sh_1
--                                                                       Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (module = ?::text) AND (grantee = ANY ((InitPlan 2).col1)))
--                                                                       InitPlan 2
--                                                                         ->  ProjectSet
--                                                                               ->  Result
--                                             ->  Index Scan using "i_things$$shared" on r_things t_6
--                                                   Index Cond: (id = t_7.id)
--                           ->  Subquery Scan on "*SELECT* 7"
--                                 ->  Limit
--                                       ->  Index Scan using "rn_things$$75752c028c48ad51" on r_things t_8
--                                             Filter: (CASE WHEN ((f_amount IS NOT NULL) AND (f_amount >= (?::numeric)) AND (f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) THEN true ELSE false END AND CASE WHEN (((NOT confidential) OR (bucket = ANY ((?::integer[]))) OR (owner_id = ANY ((?::integer[])))) AND ((f_stage IS NULL) OR ((lower((NORMALIZE(f_stage, NFC))::text))::text <> (?::text))) AND (((bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[])))) OR (confidential AND (bucket <> ALL ((?::integer[]))) AND (owner_id <> ALL ((?::integer[])))) OR ((f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text = (?::text)))) AND ((shares_count <= 0) OR (NOT EXISTS(SubPlan 4)) OR ((f_stage IS NOT NULL) AND ((lower((NORMALIZE(f_stage, NFC))::text))::text = (?::text))))) THEN true ELSE false END)
--                                             SubPlan 4
--                                               ->  Seq Scan on shares sh_2
--                                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_8.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 1
--                       ->  Subquery Scan on shared
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh
--                                         Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = "*SELECT* 1".id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
