-- records below others are reached through those
-- $1 1 numbers
-- $2 1 numbers
-- $3 "{\"user:rep1\",\"everyone\",\"role:northRep\",\"role+:northRep\",\"role+:northManager\",\"role+:head\"}"
-- $4 "2026-03-02T10:00:00.000Z"
-- $5 1 numbers
-- $6 1 numbers
-- $7 1 numbers
-- $8 1 numbers
-- $9 1 numbers
-- $10 1 numbers
-- $11 a number
-- $12 "parts"
-- $13 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::int[] as "a0", $2::int[] as "a1", $3::text[] as "a2", $4::timestamptz as "a3", $5::int[] as "a4", $6::int[] as "a5", $7::int[] as "a6", $8::int[] as "a7", $9::int[] as "a8", $10::int[] as "a9" offset 0) as "v"
cross join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_thing", (case when "t"."shares_count" > 0 then (select (case when ("t"."owner_id" = any("v"."a8") or coalesce(shared.level, 0) >= 3 or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a7") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))))))) then 3 when ("t"."owner_id" = any("v"."a9") or coalesce(shared.level, 0) >= 2 or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a6") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)))))) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a7") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))))))) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and (sh.expires_at is null or sh.expires_at > "v"."a3")) as shared) else (case when ("t"."owner_id" = any("v"."a8") or false or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a7") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))))))) then 3 when ("t"."owner_id" = any("v"."a9") or false or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a6") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)))))) or exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a7") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))))))) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from (( select t.*, "t"."updated_at" as "s0"
from "r_parts" as t
where ("t"."deleted_at" is null or "t"."version" < 0) and t.owner_id = $11::int and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false)) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "found"."s0"
from ( select *
from ( select t.id, "t"."updated_at" as "s0"
from "r_parts" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $12 and sh.grantee = any(array(select unnest("v"."a2"))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3"))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or true)) and not ("t"."owner_id" = any("v"."a1") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) offset 0) as t
order by "t"."s0" desc, "t"."id" desc
limit 51 ) as found join "r_parts" as t on t.id = found.id and t.shares_count > 0 and t.deleted_at is null)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_parts" as t
where t.deleted_at is null and exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a4") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)))))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false)) and not ("t"."owner_id" = any("v"."a1") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) and not (("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or true))) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_parts" as t
where t.deleted_at is null and exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a6") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)))))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false)) and not ("t"."owner_id" = any("v"."a1") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) and not (("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or true))) and not (exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a4") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)))))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)
union all ( select t.*, "t"."updated_at" as "s0"
from "r_parts" as t
where t.deleted_at is null and exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a7") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 3 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)))))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false)) and not ("t"."owner_id" = any("v"."a1") and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) and not (("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or true))) and not (exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a4") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)))))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) and not (exists ( select
from "r_things" as "tp"
where "tp"."id" = "t"."f_thing" and "tp"."deleted_at" is null and (("tp"."owner_id" = any("v"."a6") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0))) and not ("tp"."confidential" and not ("tp"."owner_id" = any("v"."a5") or ("tp"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "tp"."id" and (sh.grantee = any("v"."a2")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a3") offset 0)))))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a0") or false))) and true
order by "t"."updated_at" desc, "t"."id" desc
limit 51)) as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page) r on s.stamp = $13::bigint

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
--                                       ->  Index Scan using "i_parts$$owner" on r_parts t_1
--                                             Index Cond: (owner_id = ?)
--                                             Filter: (((deleted_at IS NULL) OR (version < 0)) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[])))))
--                           ->  Sort
--                                 Sort Key: "*SELECT* 2".s0 DESC, "*SELECT* 2".id DESC
--                                 ->  Subquery Scan on "*SELECT* 2"
--                                       ->  Nested Loop
--                                             ->  Limit
--                                                   ->  Sort
--                                                         Sort Key: t_3.updated_at DESC, t_3.id DESC
--                                                         ->  Index Only Scan using "i_parts$$shared" on r_parts t_3
--                                                               Index Cond: (id = ANY ((InitPlan 30).col1))
--                                                               Filter: ((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[])))))
--                                                               InitPlan 30
--                                                                 ->  Seq Scan on shares sh_13
--                                                                       Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (module = ?::text) AND (grantee = ANY ((InitPlan 29).col1)))
--                                                                       InitPlan 29
--                                                                         ->  ProjectSet
--                                                                               ->  Result
--                                             ->  Index Scan using "i_parts$$shared" on r_parts t_2
--                                                   Index Cond: (id = t_3.id)
--                           ->  Subquery Scan on "*SELECT* 3"
--                                 ->  Limit
--                                       ->  Nested Loop
--                                             ->  Index Scan using "i_parts$$updated" on r_parts t_4
--                                                   Filter: (((NOT confidential) OR (owner_id = ANY ((?::integer[])))) AND ((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[]))))) AND ((shares_count <= 0) OR (NOT EXISTS(SubPlan 31))))
--                                                   SubPlan 31
--                                                     ->  Seq Scan on shares sh_14
--                                                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_4.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                             ->  Index Scan using r_things_pkey on r_things tp
--                                                   Index Cond: (id = t_4.f_thing)
--                                                   Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 32))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 33))))
--                                                   SubPlan 32
--                                                     ->  Seq Scan on shares sh_15
--                                                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                   SubPlan 33
--                                                     ->  Seq Scan on shares sh_16
--                                                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                           ->  Subquery Scan on "*SELECT* 4"
--                                 ->  Limit
--                                       ->  Nested Loop
--                                             ->  Index Scan using "i_parts$$updated" on r_parts t_5
--                                                   Filter: (((NOT confidential) OR (owner_id = ANY ((?::integer[])))) AND ((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[]))))) AND ((shares_count <= 0) OR (NOT EXISTS(SubPlan 34))) AND ((NOT EXISTS(SubPlan 37)) OR (confidential AND (owner_id <> ALL ((?::integer[]))))))
--                                                   SubPlan 34
--                                                     ->  Seq Scan on shares sh_17
--                                                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_5.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                   SubPlan 37
--                                                     ->  Index Scan using r_things_pkey on r_things tp_9
--                                                           Index Cond: (id = t_5.f_thing)
--                                                           Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 35))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 36))))
--                                                           SubPlan 35
--                                                             ->  Seq Scan on shares sh_18
--                                                                   Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_9.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                           SubPlan 36
--                                                             ->  Seq Scan on shares sh_19
--                                                                   Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_9.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                             ->  Index Scan using r_things_pkey on r_things tp_1
--                                                   Index Cond: (id = t_5.f_thing)
--                                                   Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 41))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 42))))
--                                                   SubPlan 41
--                                                     ->  Seq Scan on shares sh_20
--                                                           Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_1.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                   SubPlan 42
--                                                     ->  Seq Scan on shares sh_21
--                                                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_1.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                           ->  Subquery Scan on "*SELECT* 5"
--                                 ->  Limit
--                                       ->  Nested Loop
--                                             ->  Index Scan using "i_parts$$updated" on r_parts t_6
--                                                   Filter: (((NOT confidential) OR (owner_id = ANY ((?::integer[])))) AND ((owner_id <> ALL ((?::integer[]))) OR (confidential AND (owner_id <> ALL ((?::integer[]))))) AND ((shares_count <= 0) OR (NOT EXISTS(SubPlan 43))) AND ((NOT EXISTS(SubPlan 46)) OR (confidential AND (owner_id <> ALL ((?::integer[]))))) AND ((NOT EXISTS(SubPlan 52)) OR (confidential AND (owner_id <> ALL ((?::integer[]))))))
--                                                   SubPlan 43
--                                                     ->  Seq Scan on shares sh_22
--                                                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = t_6.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                   SubPlan 46
--                                                     ->  Index Scan using r_things_pkey on r_things tp_10
--                                                           Index Cond: (id = t_6.f_thing)
--                                                           Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 44))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 45))))
--                                                           SubPlan 44
--                                                             ->  Seq Scan on shares sh_23
--                                                                   Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_10.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                           SubPlan 45
--                                                             ->  Seq Scan on shares sh_24
--                                                                   Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_10.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                   SubPlan 52
--                                                     ->  Index Scan using r_things_pkey on r_things tp_11
--                                                           Index Cond: (id = t_6.f_thing)
--                                                           Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 50))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 51))))
--                                                           SubPlan 50
--                                                             ->  Seq Scan on shares sh_25
--                                                                   Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_11.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                           SubPlan 51
--                                                             ->  Seq Scan on shares sh_26
--                                                                   Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_11.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                             ->  Index Scan using r_things_pkey on r_things tp_2
--                                                   Index Cond: (id = t_6.f_thing)
--                                                   Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 56))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 57))))
--                                                   SubPlan 56
--                                                     ->  Seq Scan on shares sh_27
--                                                           Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_2.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                                   SubPlan 57
--                                                     ->  Seq Scan on shares sh_28
--                                                           Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_2.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 10
--                       ->  Subquery Scan on shared
--                             InitPlan 3
--                               ->  Index Scan using r_things_pkey on r_things tp_3
--                                     Index Cond: (id = "*SELECT* 1".f_thing)
--                                     Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 1))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 2))))
--                                     SubPlan 1
--                                       ->  Seq Scan on shares sh
--                                             Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_3.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                     SubPlan 2
--                                       ->  Seq Scan on shares sh_1
--                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_3.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             InitPlan 6
--                               ->  Index Scan using r_things_pkey on r_things tp_4
--                                     Index Cond: (id = "*SELECT* 1".f_thing)
--                                     Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 4))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 5))))
--                                     SubPlan 4
--                                       ->  Seq Scan on shares sh_2
--                                             Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_4.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                     SubPlan 5
--                                       ->  Seq Scan on shares sh_3
--                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_4.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             InitPlan 9
--                               ->  Index Scan using r_things_pkey on r_things tp_5
--                                     Index Cond: (id = "*SELECT* 1".f_thing)
--                                     Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 7))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 8))))
--                                     SubPlan 7
--                                       ->  Seq Scan on shares sh_4
--                                             Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_5.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                                     SubPlan 8
--                                       ->  Seq Scan on shares sh_5
--                                             Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_5.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh_6
--                                         Filter: (((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = "*SELECT* 1".id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 13
--                       ->  Index Scan using r_things_pkey on r_things tp_6
--                             Index Cond: (id = "*SELECT* 1".f_thing)
--                             Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 11))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 12))))
--                             SubPlan 11
--                               ->  Seq Scan on shares sh_7
--                                     Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_6.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             SubPlan 12
--                               ->  Seq Scan on shares sh_8
--                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_6.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 19
--                       ->  Index Scan using r_things_pkey on r_things tp_7
--                             Index Cond: (id = "*SELECT* 1".f_thing)
--                             Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 17))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 18))))
--                             SubPlan 17
--                               ->  Seq Scan on shares sh_9
--                                     Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_7.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             SubPlan 18
--                               ->  Seq Scan on shares sh_10
--                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_7.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                     SubPlan 25
--                       ->  Index Scan using r_things_pkey on r_things tp_8
--                             Index Cond: (id = "*SELECT* 1".f_thing)
--                             Filter: ((deleted_at IS NULL) AND ((owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 23))) AND ((NOT confidential) OR (owner_id = ANY ((?::integer[]))) OR ((shares_count > 0) AND EXISTS(SubPlan 24))))
--                             SubPlan 23
--                               ->  Seq Scan on shares sh_11
--                                     Filter: ((level >= 3) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_8.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
--                             SubPlan 24
--                               ->  Seq Scan on shares sh_12
--                                     Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > (?::timestamp with time zone))) AND (record_id = tp_8.id) AND ((grantee = ANY ((?::text[]))) IS TRUE))
