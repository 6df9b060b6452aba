-- counted under a search
-- $1 "4711"
-- $2 "%4711%"
-- $3 1 numbers
-- $4 ["user:viewer","everyone"]
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 "things"
-- $7 a number
select s.stamp, r.*
from head s
left join lateral (select page.*
from (select $1::text as "a0", $2::text as "a1", $3::int[] as "a2", $4::text[] as "a3", $5::timestamptz as "a4" ) as "v"
cross join lateral (select count(*) as total
from (select
from ( (select
from "r_things" as t
where t.deleted_at is null and true and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a2") or false)) and exists ( select
from "w_things" as w
where w.id = t.id and (("w"."external_id" like "v"."a1" or "w"."f_name" like "v"."a1" or "w"."f_code" like "v"."a1" or "w"."f_stage" like "v"."a1")) and (w.id is null or ((coalesce(position("v"."a0" in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position("v"."a0" in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position("v"."a0" in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position("v"."a0" in (control.fold("t"."f_stage") collate "C")) > 0, false))))))
union all (select
from "r_things" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $6 and sh.grantee = any(array(select unnest("v"."a3"))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > "v"."a4"))) and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a2") or true)) and not (true and not ("t"."confidential" and not ("t"."owner_id" = any("v"."a2") or false))) and exists ( select
from "w_things" as w
where w.id = t.id and (("w"."external_id" like "v"."a1" or "w"."f_name" like "v"."a1" or "w"."f_code" like "v"."a1" or "w"."f_stage" like "v"."a1")) and (w.id is null or ((coalesce(position("v"."a0" in (control.fold("t"."external_id") collate "C")) > 0, false) or coalesce(position("v"."a0" in (control.fold("t"."f_name") collate "C")) > 0, false) or coalesce(position("v"."a0" in (control.fold("t"."f_code") collate "C")) > 0, false) or coalesce(position("v"."a0" in (control.fold("t"."f_stage") collate "C")) > 0, false))))))) as one
limit 10001) as one) as page) r on s.stamp = $7::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Aggregate
--         ->  Limit
--               ->  Append
--                     ->  Hash Join
--                           Hash Cond: (t.id = w.id)
--                           Join Filter: ((w.id IS NULL) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t.external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t.f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t.f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t.f_stage, NFC))::text))) > 0), false))
--                           ->  Seq Scan on r_things t
--                                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (owner_id = ANY (?::integer[]))))
--                           ->  Hash
--                                 ->  Seq Scan on w_things w
--                                       Filter: ((external_id ~~ ?::text) OR (f_name ~~ ?::text) OR (f_code ~~ ?::text) OR (f_stage ~~ ?::text))
--                     ->  Nested Loop
--                           InitPlan 2
--                             ->  Seq Scan on shares sh
--                                   Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (module = ?::text) AND (grantee = ANY ((InitPlan 1).col1)))
--                                   InitPlan 1
--                                     ->  ProjectSet
--                                           ->  Result
--                           ->  Index Scan using "i_things$$shared" on r_things t_1
--                                 Index Cond: (id = ANY ((InitPlan 2).col1))
--                                 Filter: (confidential AND (owner_id <> ALL (?::integer[])))
--                           ->  Index Scan using w_things_pkey on w_things w_1
--                                 Index Cond: (id = t_1.id)
--                                 Filter: (((external_id ~~ ?::text) OR (f_name ~~ ?::text) OR (f_code ~~ ?::text) OR (f_stage ~~ ?::text)) AND ((id IS NULL) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_1.external_id, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_1.f_name, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_1.f_code, NFC))::text))) > 0), false) OR COALESCE((POSITION((?::text) IN (lower((NORMALIZE(t_1.f_stage, NFC))::text))) > 0), false)))
