-- a change of one record
-- $1 2 numbers
-- $2 1 numbers
-- $3 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $4 a number
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 1 numbers
-- $7 1 numbers
-- $8 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $9 a number
-- $10 "2026-03-02T10:00:00.000Z"
-- $11 2 numbers
-- $12 1 numbers
-- $13 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $14 a number
-- $15 "2026-03-02T10:00:00.000Z"
-- $16 1 numbers
-- $17 1 numbers
-- $18 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $19 a number
-- $20 "2026-03-02T10:00:00.000Z"
-- $21 "019b0000-0000-7000-8000-000000000027"
-- $22 a number
-- $23 2 numbers
-- $24 1 numbers
-- $25 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $26 a number
-- $27 "2026-03-02T10:00:00.000Z"
-- $28 1 numbers
-- $29 1 numbers
-- $30 "{\"user:tiina\",\"everyone\",\"role:desk\",\"role+:desk\",\"team:desk\"}"
-- $31 a number
-- $32 "2026-03-02T10:00:00.000Z"
-- $33 "Changed"
-- $34 "2026-03-02T10:00:00.000Z"
-- $35 a number
-- $36 null
-- $37 "things"
-- $38 "2026-03-02T10:00:00.000Z"
-- $39 a number
-- $40 "update"
-- $41 "name"
-- $42 "things"
-- $43 a number
-- $44 "2026-03-02T10:00:00.000Z"
-- $45 a number
with h as materialized (select stamp
from head for share skip locked), was as materialized ( select t.*, (case when (((("t"."bucket" = any($1::int[])) or "t"."owner_id" = any($2::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($3::text[])) is true and sh.level >= $4::smallint and (sh.expires_at is null or sh.expires_at > $5::timestamptz) offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any($6::int[])) or "t"."owner_id" = any($7::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($8::text[])) is true and sh.level >= $9::smallint and (sh.expires_at is null or sh.expires_at > $10::timestamptz) offset 0))))) then 3 when (((("t"."bucket" = any($11::int[])) or "t"."owner_id" = any($12::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($13::text[])) is true and sh.level >= $14::smallint and (sh.expires_at is null or sh.expires_at > $15::timestamptz) offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any($16::int[])) or "t"."owner_id" = any($17::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($18::text[])) is true and sh.level >= $19::smallint and (sh.expires_at is null or sh.expires_at > $20::timestamptz) offset 0))))) then 2 else 1 end) as level
from "r_things" as t
where t.id = $21::uuid and exists (select
from h
where h.stamp = $22::bigint) and t.deleted_at is null and (((("t"."bucket" = any($23::int[])) or "t"."owner_id" = any($24::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($25::text[])) is true and sh.level >= $26::smallint and (sh.expires_at is null or sh.expires_at > $27::timestamptz) offset 0))) and not ("t"."confidential" and not ((("t"."bucket" = any($28::int[])) or "t"."owner_id" = any($29::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($30::text[])) is true and sh.level >= $31::smallint and (sh.expires_at is null or sh.expires_at > $32::timestamptz) offset 0)))))), changed as ( update "r_things" as t
set "f_name" = $33::text, updated_at = $34::timestamptz, updated_by = $35::int, version = t.version + 1
from was
where t.id = was.id and was.level >= 2 and coalesce(was.version = $36::int, true)
returning t.*), noted as ( insert into history (module, record_id, version, at, actor, action, changes) select $37, changed.id, changed.version, $38::timestamptz, $39::int, $40, case when "was"."f_name" is distinct from "changed"."f_name" then jsonb_build_object($41::text, jsonb_build_array("was"."f_name", "changed"."f_name")) else '{}'::jsonb end
from changed, was
returning changes), told as ( insert into notifications (receiver, kind, module, record_id, actor, at, fields) select was.owner_id, 'changed', $42, was.id, $43::int, $44::timestamptz, array(select jsonb_object_keys(noted.changes))
from noted join was on true
where was.owner_id is distinct from $45::int and noted.changes <> '{}' and exists (select
from owners
where id = was.owner_id and kind = 'user')) select h.stamp, was.version as was_version, was.level as was_level, array[]::boolean[] as found, (select count(*)
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
--           One-Time Filter: (InitPlan 6).col1
--           InitPlan 6
--             ->  CTE Scan on h h_1
--                   Filter: (stamp = ?::bigint)
--           ->  Index Scan using r_things_pkey on r_things t_1
--                 Index Cond: (id = ?::uuid)
--                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 8))) AND ((bucket = ANY (?::integer[])) OR (owner_id = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 7))))
--                 SubPlan 8
--                   ->  Seq Scan on shares sh_5
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                 SubPlan 7
--                   ->  Seq Scan on shares sh_4
--                         Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--           SubPlan 2
--             ->  Seq Scan on shares sh
--                   Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--           SubPlan 3
--             ->  Seq Scan on shares sh_1
--                   Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--           SubPlan 4
--             ->  Seq Scan on shares sh_2
--                   Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--           SubPlan 5
--             ->  Seq Scan on shares sh_3
--                   Filter: ((level >= ?::smallint) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--   CTE changed
--     ->  Update on r_things t_2
--           ->  Nested Loop
--                 ->  CTE Scan on was was_1
--                       Filter: (level >= 2)
--                 ->  Index Scan using r_things_pkey on r_things t_2
--                       Index Cond: (id = was_1.id)
--   CTE noted
--     ->  Insert on history
--           ->  Nested Loop
--                 ->  CTE Scan on changed
--                 ->  CTE Scan on was was_2
--   CTE told
--     ->  Insert on notifications
--           ->  Nested Loop
--                 ->  Hash Join
--                       Hash Cond: (owners.id = was_3.owner_id)
--                       ->  Seq Scan on owners
--                             Filter: (kind = ?::text)
--                       ->  Hash
--                             ->  CTE Scan on was was_3
--                                   Filter: (owner_id IS DISTINCT FROM 5)
--                 ->  CTE Scan on noted
--                       Filter: (changes <> ?::jsonb)
--                 SubPlan 12
--                   ->  ProjectSet
--                         ->  Result
--   InitPlan 14
--     ->  Aggregate
--           ->  CTE Scan on changed changed_1
--   ->  Nested Loop Left Join
--         ->  CTE Scan on h
--         ->  CTE Scan on was
--   ->  CTE Scan on changed t
