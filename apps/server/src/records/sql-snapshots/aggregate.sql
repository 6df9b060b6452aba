-- a count and a sum by stage
-- $1 2 numbers
-- $2 1 numbers
-- $3 "things"
-- $4 "{\"user:north\",\"everyone\",\"role:northManager\",\"role+:northManager\",\"role+:head\"}"
-- $5 "2026-03-02T10:00:00.000Z"
-- $6 1 numbers
-- $7 2 numbers
-- $8 1 numbers
-- $9 a number
-- $10 a number
select s.stamp, r.*
from head s
left join lateral ( select "t"."f_stage" as "g0", count(*) as n, sum("t"."f_amount") as "m0"
from ( (select "t"."f_stage", "t"."f_amount"
from "r_things" as t
where t.deleted_at is null and t.bucket = any($1::int[]) and not ("t"."confidential" and not (("t"."bucket" = any($2::int[])) or false)))
union all (select "t"."f_stage", "t"."f_amount"
from "r_things" as t
where t.deleted_at is null and t.shares_count > 0 and t.id = any(array( select sh.record_id
from shares sh
where sh.module = $3 and sh.grantee = any(array(select unnest($4::text[]))) and sh.level >= 1 and (sh.expires_at is null or sh.expires_at > $5::timestamptz))) and not ("t"."confidential" and not (("t"."bucket" = any($6::int[])) or true)) and not (("t"."bucket" = any($7::int[])) and not ("t"."confidential" and not (("t"."bucket" = any($8::int[])) or false))))) as t group by 1
order by 1
limit $9) r on s.stamp = $10::bigint

-- plan
-- Nested Loop Left Join
--   Join Filter: (s.stamp = ?::bigint)
--   ->  Seq Scan on head s
--   ->  Limit
--         ->  Sort
--               Sort Key: t_1.f_stage
--               ->  HashAggregate
--                     Group Key: t_1.f_stage
--                     ->  Append
--                           ->  Seq Scan on r_things t_1
--                                 Filter: ((deleted_at IS NULL) AND ((NOT confidential) OR (bucket = ANY (?::integer[]))) AND (bucket = ANY (?::integer[])))
--                           ->  Index Scan using "i_things$$shared" on r_things t_2
--                                 Index Cond: (id = ANY ((InitPlan 2).col1))
--                                 Filter: ((bucket <> ALL (?::integer[])) OR (confidential AND (bucket <> ALL (?::integer[]))))
--                                 InitPlan 2
--                                   ->  Seq Scan on shares sh
--                                         Filter: ((level >= 1) AND ((expires_at IS NULL) OR (expires_at > ?::timestamp with time zone)) AND (module = ?::text) AND (grantee = ANY ((InitPlan 1).col1)))
--                                         InitPlan 1
--                                           ->  ProjectSet
--                                                 ->  Result
