-- all records that somebody may change
-- $1 2 numbers
-- $2 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $3 "2026-03-02T10:00:00.000Z"
-- $4 1 numbers
-- $5 ["user:north","everyone","role:northManager","role+:northManager","role+:head"]
-- $6 "2026-03-02T10:00:00.000Z"
-- $7 a number
-- $8 a number
select s.stamp, r.*
from head s
left join lateral ( select t.id
from (( select t.*, "t"."id" as "s0"
from "r_things" as t
where t.deleted_at is null and ((("t"."bucket" = any($1::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($2::text[])) is true and sh.level >= 2 and (sh.expires_at is null or sh.expires_at > $3::timestamptz) offset 0))) and not ("t"."confidential" and not (("t"."bucket" = any($4::int[])) or ("t"."shares_count" > 0 and exists ( select
from shares sh
where sh.record_id = "t"."id" and (sh.grantee = any($5::text[])) is true and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > $6::timestamptz) offset 0))))) and true
order by "t"."id" asc, "t"."id" asc
limit 201)) as t
order by t.id
limit $7::int) r on s.stamp = $8::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Limit
--         ->  Subquery Scan on t
--               ->  Limit
--                     ->  Index Scan using r_things_pkey on r_things t_1
--                           Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (bucket = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 2))) AND ((bucket = ANY (?::integer[])) OR ((shares_count > 0) AND EXISTS(SubPlan 1))))
--                           SubPlan 2
--                             ->  Seq Scan on shares sh_1
--                                   Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
--                           SubPlan 1
--                             ->  Seq Scan on shares sh
--                                   Filter: ((level >= 2) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (record_id = t_1.id) AND ((grantee = ANY (?::text[])) IS TRUE))
