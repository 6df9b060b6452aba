-- searched for a word that hardly any record has
-- $1 "%4711%"
-- $2 "4711"
-- $3 1 numbers
-- $4 "{\"user:viewer\",\"everyone\"}"
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 1 numbers
-- $7 1 numbers
-- $8 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::text as "a0", $2::text as "a1", $3::int[] as "a2", $4::text[] as "a3", $5::timestamptz as "a4", $6::int[] as "a5", $7::int[] as "a6" ) as "v"
cross join lateral ( with holding as materialized (select w.id
from "w_things" as w
where (("w"."external_id" like "v"."a0" or "w"."f_name" like "v"."a0" or "w"."f_code" like "v"."a0" or "w"."f_stage" like "v"."a0"))), among as materialized (select id
from holding
limit 20001), known as materialized ( select t.*
from "r_things" as t
where t.deleted_at is null and (select count(*)
from among) <= 20000 and t.id = any(array(select id
from among))
limit 20001 ), found as materialized ( select t.*, "t"."updated_at" as "s0"
from known as t
where ((select count(*)
from known) <= 20000) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a2") or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a4") offset 0)))) and (coalesce(position("v"."a1" in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position("v"."a1" in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position("v"."a1" in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position("v"."a1" in (control.fold("t"."f_stage") collate "C")) > 0, false))
order by "t"."updated_at" desc, "t"."id" desc
limit 51 ) select 2 as step, whole.is_whole, page.*
from (select ((select count(*)
from among) <= 20000 and ((select count(*)
from known) <= 20000)) as is_whole) as whole
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", (case when "t"."shares_count" > 0 then (select (case when ("t"."owner_id" = any("v"."a5") or coalesce(shared.level, 0) >= 3) then 3 when ("t"."owner_id" = any("v"."a6") or coalesce(shared.level, 0) >= 2) then 2 else 1 end)
from (select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a3")) is true and (sh.expires_at is null or sh.expires_at > "v"."a4")) as shared) else (case when ("t"."owner_id" = any("v"."a5") or false) then 3 when ("t"."owner_id" = any("v"."a6") or false) then 2 else 1 end) end) as level, "t"."s0"::text as "k0"
from found as t
order by "t"."s0" desc, "t"."id" desc
limit 51) as page on whole.is_whole) as page) r on s.stamp = $8::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Nested Loop Left Join
--         Join Filter: (((InitPlan 11).col1 <= 20000) AND ((InitPlan 12).col1 <= 20000))
--         CTE holding
--           ->  Bitmap Heap Scan on w_things w
--                 Recheck Cond: ((external_id ~~ ?::text) OR (f_name ~~ ?::text) OR (f_code ~~ ?::text) OR (f_stage ~~ ?::text))
--                 ->  BitmapOr
--                       ->  Bitmap Index Scan on w_things_external_id_f_code_f_name_f_stage_idx
--                             Index Cond: (external_id ~~ ?::text)
--                       ->  Bitmap Index Scan on w_things_external_id_f_code_f_name_f_stage_idx
--                             Index Cond: (f_name ~~ ?::text)
--                       ->  Bitmap Index Scan on w_things_external_id_f_code_f_name_f_stage_idx
--                             Index Cond: (f_code ~~ ?::text)
--                       ->  Bitmap Index Scan on w_things_external_id_f_code_f_name_f_stage_idx
--                             Index Cond: (f_stage ~~ ?::text)
--         CTE among
--           ->  Limit
--                 ->  CTE Scan on holding
--         CTE known
--           ->  Limit
--                 InitPlan 3
--                   ->  Aggregate
--                         ->  CTE Scan on among
--                 InitPlan 4
--                   ->  CTE Scan on among among_1
--                 ->  Result
--                       One-Time Filter: ((InitPlan 3).col1 <= 20000)
--                       ->  Index Scan using r_things_pkey on r_things t_1
--                             Index Cond: (id = ANY ((InitPlan 4).col1))
--                             Filter: (deleted_at IS NULL)
--         CTE found
--           ->  Limit
--                 InitPlan 6
--                   ->  Aggregate
--                         ->  CTE Scan on known
--                 ->  Sort
--                       Sort Key: t_2.updated_at DESC, t_2.id DESC
--                       ->  Result
--                             One-Time Filter: ((InitPlan 6).col1 <= 20000)
--                             ->  CTE Scan on known t_2
--                                   Filter: ((COALESCE((POSITION((?::text) IN (lower((NORMALIZE(external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(f_stage, NFC))::text))) > 0), false)) AND ((NOT confidential) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 7))))
--                                   SubPlan 7
--                                     ->  Seq Scan on shares sh
--                                           Filter: (((grantee = ANY (?::text[])) IS TRUE) AND (level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_2.id))
--         InitPlan 9
--           ->  Aggregate
--                 ->  CTE Scan on among among_2
--         InitPlan 10
--           ->  Aggregate
--                 ->  CTE Scan on known known_1
--         InitPlan 11
--           ->  Aggregate
--                 ->  CTE Scan on among among_3
--         InitPlan 12
--           ->  Aggregate
--                 ->  CTE Scan on known known_2
--         ->  Result
--         ->  Limit
--               ->  CTE Scan on found t
--                     SubPlan 13
--                       ->  Subquery Scan on shared
--                             ->  Aggregate
--                                   ->  Seq Scan on shares sh_1
--                                         Filter: (((grantee = ANY (?::text[])) IS TRUE) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t.id))
