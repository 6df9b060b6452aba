-- a change of one record
-- $1 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $2 "2026-03-02T10:00:00.000Z"
-- $3 2 numbers
-- $4 1 numbers
-- $5 2 numbers
-- $6 1 numbers
-- $7 2 numbers
-- $8 1 numbers
-- $9 1 numbers
-- $10 1 numbers
-- $11 "019b0000-0000-7000-8000-000000000027"
-- $12 a number
-- $13 "Changed"
-- $14 "2026-03-02T10:00:00.000Z"
-- $15 a number
-- $16 null
-- $17 "Changed"
-- $18 "name"
-- $19 "things"
-- $20 "2026-03-02T10:00:00.000Z"
-- $21 a number
-- $22 "update"
with h as materialized (select stamp
from head for share skip locked), was as materialized ( select "one"."id", "one"."version", "one"."owner_id", "one"."f_name", one.level
from (select $1::text[] as "a0", $2::timestamptz as "a1", $3::int[] as "a2", $4::int[] as "a3", $5::int[] as "a4", $6::int[] as "a5", $7::int[] as "a6", $8::int[] as "a7", $9::int[] as "a8", $10::int[] as "a9" ) as "v"
cross join lateral ( select t.*, (case when ((("t"."bucket" = any("v"."a2")) or "t"."owner_id" = any("v"."a3")) or its.shared_level >= 3) then 3 when ((("t"."bucket" = any("v"."a4")) or "t"."owner_id" = any("v"."a5")) or its.shared_level >= 2) then 2 else 1 end) as level
from (select t.*
from "r_things" as t
where t.id = $11::uuid and exists (select
from h
where h.stamp = $12::bigint) and t.deleted_at is null) as t
cross join lateral (select case when t.shares_count > 0 then coalesce((select max(sh.level) as level
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any("v"."a0")) is true and (sh.expires_at is null or sh.expires_at > "v"."a1")), 0) else 0 end as shared_level offset 0) as its
where (((("t"."bucket" = any("v"."a6")) or "t"."owner_id" = any("v"."a7")) or its.shared_level >= 1) and not ("t"."confidential" and not ((("t"."bucket" = any("v"."a8")) or "t"."owner_id" = any("v"."a9")) or its.shared_level >= 1)))) as one), changed as ( update "r_things" as t
set "f_name" = $13::text, updated_at = $14::timestamptz, updated_by = $15::int, version = t.version + 1
from was
where t.id = was.id and was.level >= 2 and coalesce(was.version = $16::int, true) and ("was"."f_name" is distinct from $17::text)
returning t.*, case when "was"."f_name" is distinct from "t"."f_name" then jsonb_build_object($18::text, jsonb_build_array("was"."f_name", "t"."f_name")) else '{}'::jsonb end as changes), noted as (insert into history (module, record_id, version, at, actor, action, changes) select $19, changed.id, changed.version, $20::timestamptz, $21::int, $22, changed.changes
from changed
returning case when (select until
from live) > clock_timestamp() then control.tell_live(json_build_object('schema', current_schema(), 'records', json_build_array(json_build_array(module, record_id, version)))::text) end, case when (select owner_id
from was) is distinct from actor and changes <> '{}' then tell_of_change((select owner_id
from was), module, record_id, actor, at, changes) end) select h.stamp, was.version as was_version, was.level as was_level, array[]::boolean[] as found, exists (select
from changed) as written, r.*
from h
left join was on true
left join lateral ( select "t"."id", "t"."version", "t"."owner_id", "t"."confidential", "t"."created_at", "t"."created_by", "t"."updated_at", "t"."updated_by", "t"."external_id", "t"."f_name", "t"."f_code", "t"."f_stage", "t"."f_amount", "t"."f_due", was.level as level
from changed as t
where true ) as r on true

-- plan
-- Nested Loop Left Join
--   CTE h
--     ->  LockRows
--           ->  Seq Scan on head
--   CTE was
--     ->  Result
--           One-Time Filter: (InitPlan 2).col1
--           InitPlan 2
--             ->  CTE Scan on h h_1
--                   Filter: (stamp = ?::bigint)
--           ->  Nested Loop
--                 ->  Index Scan using r_things_pkey on r_things t_1
--                       Index Cond: (id = ?::uuid)
--                       Filter: (deleted_at IS NULL)
--                 ->  Subquery Scan on its
--                       Filter: (((NOT t_1.confidential) OR (t_1.bucket = ANY (?::integer[])) OR (t_1.owner_id = ANY (?::integer[])) OR (its.shared_level >= 1)) AND ((t_1.bucket = ANY (?::integer[])) OR (t_1.owner_id = ANY (?::integer[])) OR (its.shared_level >= 1)))
--                       ->  Result
--                             InitPlan 3
--                               ->  Aggregate
--                                     ->  Seq Scan on shares sh
--                                           Filter: (((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--   CTE changed
--     ->  Update on r_things t_2
--           ->  Nested Loop
--                 ->  CTE Scan on was was_1
--                       Filter: ((level >= 2) AND (f_name IS DISTINCT FROM ?::text))
--                 ->  Index Scan using r_things_pkey on r_things t_2
--                       Index Cond: (id = was_1.id)
--   CTE noted
--     ->  Insert on history
--           InitPlan 6
--             ->  Seq Scan on live
--           InitPlan 7
--             ->  CTE Scan on was was_2
--           InitPlan 8
--             ->  CTE Scan on was was_3
--           ->  CTE Scan on changed
--   InitPlan 10
--     ->  CTE Scan on changed changed_1
--   ->  Nested Loop Left Join
--         ->  CTE Scan on h
--         ->  CTE Scan on was
--   ->  CTE Scan on changed t
