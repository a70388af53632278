//! Everything that can be wrong in a scenario file: each has its place, its line with a caret, and what is allowed.

mod support;

use support::{Answer, GOOD, ask, with};

/// One mistake: the line of the good scenario that it replaces, with «» around what the caret must mark.
struct Mistake {
    start: &'static str,
    line: &'static str,
    says: &'static str,
    allows: &'static str,
    meant: Option<&'static str>,
}

const fn wrong(start: &'static str, line: &'static str, says: &'static str, allows: &'static str) -> Mistake {
    Mistake { start, line, says, allows, meant: None }
}

const fn near(
    start: &'static str,
    line: &'static str,
    says: &'static str,
    allows: &'static str,
    meant: &'static str,
) -> Mistake {
    Mistake { start, line, says, allows, meant: Some(meant) }
}

#[rustfmt::skip]
const MISTAKES: &[Mistake] = &[
    // Names.
    near("memory", "«memry» = \"1 GiB\"", "unknown key `memry` in [[component]]", "vcpu, memory, cpu_time", "`memory`"),
    near("vcpu", "«vcpus» = 2", "unknown key `vcpus`", "name, vcpu, memory", "`vcpu`"),
    wrong("vcpu", "vcpu = 1\n«colour» = 2", "unknown key `colour` in [[component]]", "vcpu, memory, cpu_time"),
    near("[needs]", "[«need»]", "unknown key `need` in a scenario file", "account, discount, commitment, option", "`needs`"),
    near("[scenario]", "[«senario»]", "unknown key `senario` in a scenario file", "scenario, component", "`scenario`"),
    near("region", "region = «\"us-east1\"»", "unknown region `us-east1`", "ap-south-1, eu-west-1, us-east-1", "\"us-east-1\""),
    wrong("region", "region = «\"mars-1\"»", "unknown region `mars-1`", "ap-south-1, eu-west-1, us-east-1"),
    near("platform", "platform = «\"fargte\"»", "unknown platform `fargte`", "ec2-compose, ecs-ec2, fargate", "\"fargate\""),
    near("platform", "platform = \"fargate\"\n«task» = 2", "unknown key `task` in a fargate option", "tasks, target", "`tasks`"),
    near("vcpu", "vcpu = 1\nruntime = «\"python311\"»", "unknown runtime `python311`", "java21, nodejs22", "\"python3.11\""),
    near("platform", "platform = \"ec2-compose\"\ninstance_type = «\"t3.medum\"»", "unknown instance type `t3.medum`", "17 instance types, such as", "\"t3.medium\""),
    near("monthly_cost", "«monthly_cst» = 3", "unknown key `monthly_cst` in [wishes]", "availability, operating_hours", "`monthly_cost`"),
    near("min_replicas", "compliance = [\"hipaa\", «\"socc-2\"»]", "unknown compliance programme `socc-2`", "a list; one of", "\"soc-2\""),
    near("[needs]", "[[discount]]\nservice = «\"fargat\"»\noff = 0.1\n[needs]", "unknown service `fargat`", "services, such as api-gateway", "\"fargate\""),
    wrong("[needs]", "[[discount]]\nservice = \"all\"\noff = «\"120 %\"»\n[needs]", "`120 %` is more than the whole", "\"99.9 %\""),
    wrong("[needs]", "[[discount]]\nservice = \"all\"\noff = 0.1\n[[discount]]\nservice = «\"all\"»\noff = 0.2\n[needs]", "two discounts on `all`", "one discount for each service"),
    near("vcpu", "vcpu = 1\nstate = «\"sesion\"»", "unknown choice `sesion`", "none, session, local-disk", "\"session\""),
    // Units.
    wrong("memory", "memory = «\"1 GHz\"»", "`1 GHz` is no size", "\"2 GiB\" or \"512 MB\""),
    wrong("memory", "memory = «1024»", "the bare number 1024 where a size with its unit belongs", "\"512 MB\""),
    wrong("cpu_time", "cpu_time = «\"50 parsecs\"»", "`50 parsecs` is no time", "\"1.8 s\""),
    wrong("cpu_time", "cpu_time = «50»", "the bare number 50 where a time with its unit belongs", "\"1.8 s\""),
    wrong("rate", "rate = «\"10_000/fortnight\"»", "`10_000/fortnight` is no rate", "\"10_000/day\""),
    wrong("rate", "rate = «100»", "the bare number 100 where a rate belongs", "\"3.5/s\""),
    wrong("min_replicas", "monthly_budget = «\"€200\"»", "`€200` is no sum of money", "\"$200\""),
    near("min_replicas", "monthly_budget = «200»", "the bare number 200 where a sum of money belongs", "\"$200\"", "\"$200\""),
    wrong("min_replicas", "availability = «\"101 %\"»", "`101 %` is more than the whole", "\"99.9 %\""),
    near("min_replicas", "availability = «99.9»", "`99.9` is more than the whole", "\"99.9 %\"", "\"99.9 %\""),
    wrong("vcpu", "vcpu = 1\ntraffic_share = «\"half\"»", "`half` is no number", "a share above 0"),
    wrong("region", "region = \"us-east-1\"\nmonth = «\"744h\"»", "`744h` is no month", "\"730h\", a calendar month"),
    wrong("region", "region = \"us-east-1\"\nas_of = «\"2026-02-30\"»", "2026-02-30 is no day of the calendar", "2026-10-07"),
    wrong("region", "region = \"us-east-1\"\nas_of = «2026-10-07T12:00:00»", "is no date", "a day, such as 2026-10-07"),
    // Negative, zero, not a number, too much.
    wrong("vcpu", "vcpu = «-0.5»", "can't be negative", "a number above 0"),
    wrong("cpu_time", "cpu_time = «\"-50 ms\"»", "can't be negative", "a time"),
    wrong("memory", "memory = «\"-1 GiB\"»", "can't be negative", "a size above 0"),
    wrong("rate", "rate = «\"-1/s\"»", "can't be negative", "a rate above 0"),
    wrong("min_replicas", "min_replicas = «-2»", "-2 is negative", "a whole number from 1 to 1000"),
    wrong("monthly_cost", "monthly_cost = «-1»", "can't be negative", "a weight: 0 or more"),
    wrong("vcpu", "vcpu = «0»", "`0` is zero", "a number above 0"),
    wrong("memory", "memory = «\"0 GB\"»", "`0 GB` is zero", "a size above 0"),
    wrong("rate", "rate = «\"0/day\"»", "`0/day` is zero", "a rate above 0"),
    wrong("min_replicas", "min_replicas = «0»", "0 is less than 1", "from 1 to 1000"),
    wrong("min_replicas", "availability = «\"0 %\"»", "`0 %` is zero", "a share above 0"),
    wrong("min_replicas", "monthly_budget = «\"$0\"»", "`$0` is zero", "US dollars above 0"),
    wrong("cpu_time", "cpu_time = «\"0 s\"»", "component `api`: a request takes no time at all", "`cpu_time` or `wait_time` above 0"),
    wrong("vcpu", "vcpu = «nan»", "NaN is no number that can be weighed", "a number above 0"),
    wrong("vcpu", "vcpu = «inf»", "infinity can't be weighed", "a number above 0"),
    wrong("cpu_time", "cpu_time = «nan»", "NaN is no number that can be weighed", "a time"),
    wrong("monthly_cost", "monthly_cost = «nan»", "NaN is no number that can be weighed", "a weight"),
    wrong("rate", "rate = «\"nan/s\"»", "NaN is no number that can be weighed", "a rate above 0"),
    wrong("min_replicas", "min_replicas = «1001»", "1001 is more than 1000", "from 1 to 1000"),
    wrong("min_replicas", "min_replicas = «99999999999999999999»", "is more than 1000", "from 1 to 1000"),
    wrong("vcpu", "vcpu = «1e400»", "`1e400` is no number of at most 28 digits", "a number above 0"),
    wrong("vcpu", "vcpu = «1_000_001»", "is more than 1000000", "a number above 0"),
    wrong("memory", "memory = «\"99999999999 TB\"»", "is too large", "a size above 0"),
    wrong("cpu_time", "cpu_time = «\"9999999999999 h\"»", "is too long", "a time"),
    wrong("rate", "rate = «\"1_000_000_000_000_001/s\"»", "is more than 1000000000000 requests", "a rate above 0"),
    // Types.
    wrong("vcpu", "vcpu = «\"half\"»", "the text `half` where a number belongs", "a number above 0"),
    wrong("min_replicas", "min_replicas = «2.5»", "the bare number 2.5 where a whole number belongs", "from 1 to 1000"),
    wrong("min_replicas", "gpu = «\"yes\"»", "the text `yes` where true or false belongs", "true or false"),
    wrong("name = \"Shop\"", "name = «[1]»", "a list where a name belongs", "a name of letters"),
    wrong("name = \"Shop\"", "name = «\"\"»", "`` is no name", "a name of letters"),
    wrong("name = \"Shop\"", "name = «\"a\\tb\"»", "is no name", "a name of letters"),
    wrong("[traffic]", "«[[traffic]]»", "`traffic`: a list where a table belongs", "a table [traffic]"),
    wrong("monthly_cost", "monthly_cost = «\"high\"»", "the text `high` where a weight belongs", "weight = 3"),
    // Traffic.
    wrong("rate", "rate = \"1/s\"\npeak_hours = «\"9 to 5\"»\npeak_factor = 5", "`9 to 5` is no span of the day", "\"09:00-17:00\""),
    wrong("rate", "rate = \"1/s\"\npeak_hours = «\"09:00-25:00\"»\npeak_factor = 5", "`25:00` is no time of day", "\"09:00-17:00\""),
    wrong("rate", "rate = \"1/s\"\npeak_hours = «\"09:00-09:00\"»\npeak_factor = 5", "`09:00-09:00` has no length", "\"09:00-17:00\""),
    wrong("rate", "rate = \"1/s\"\npeak_hours = «9»\npeak_factor = 5", "the bare number 9 where a span of hours belongs", "\"09:00-17:00\""),
    wrong("rate", "rate = \"1/s\"\npeak_hours = «\"09:00-17:00\"»", "`peak_hours` without `peak_factor`", "`peak_factor` beside `peak_hours`"),
    wrong("rate", "rate = \"1/s\"\npeak_factor = «5»", "`peak_factor` without `peak_hours`", "`peak_hours` beside `peak_factor`"),
    wrong("rate", "rate = \"1/s\"\npeak_days = «\"mon-fri\"»", "`peak_days` without `peak_hours`", "`peak_hours` beside `peak_days`"),
    wrong("rate", "rate = \"1/s\"\npeak_hours = \"9-17\"\npeak_factor = 5\npeak_days = «\"mon-fry\"»", "`fry` is no day of the week", "\"mon-fri\""),
    wrong("rate", "rate = \"1/s\"\npeak_hours = \"9-17\"\npeak_factor = «0»", "`0` is zero", "a number above 0"),
    wrong("rate", "rate = \"1/s\"\ndaily = «[1, 2, 3]»", "3 numbers where 24 belong", "a list of 24 numbers of 0 or more, 00:00 first"),
    wrong("rate", "rate = \"1/s\"\nweekly = «[1, 2, 3, 4, 5, 6, 7]»", "7 numbers where 168 belong", "a list of 168 numbers of 0 or more, Monday 00:00 first"),
    wrong("rate", "rate = \"1/s\"\ndaily = [«-1», 2]", "it can't be negative", "a list of 24 numbers"),
    wrong("rate", "rate = \"1/s\"\ndaily = [1, «\"two\"»]", "the text `two` in a list of numbers", "a list of 24 numbers"),
    wrong("rate", "rate = \"1/s\"\ndaily = «[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]»", "the weights are all zero", "at least one above 0"),
    wrong("rate", "rate = \"1/s\"\ndaily = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\npeak_hours = «\"9-17\"»\npeak_factor = 5", "`peak_hours` beside `daily`: two shapes of one traffic", "one of `peak_hours`, `daily`, `weekly` and `trace`"),
    near("rate", "rate = \"1/s\"\ntime_zone = «\"Berlin\"»", "unknown time zone `Berlin`", "\"Europe/Berlin\"", "\"Europe/Berlin\""),
    wrong("rate", "rate = \"1/s\"\ntime_zone = «\"UTC+25\"»", "`UTC+25` is no offset from UTC of at most 14 hours", "\"UTC-5\""),
    wrong("rate", "rate = \"1/s\"\nvariability = «101»", "101 is more than 100", "a number from 0 to 100"),
    wrong("rate", "rate = \"1/s\"\ngrowth = «\"5 %\"»", "`growth` without `months_ahead`", "`months_ahead` beside `growth`, such as 6"),
    wrong("rate", "rate = \"1/s\"\nmonths_ahead = «6»", "`months_ahead` without `growth`", "`growth` beside `months_ahead`"),
    wrong("rate", "rate = \"1/s\"\ngrowth = \"5 %\"\nmonths_ahead = «121»", "121 is more than 120", "from 0 to 120"),
    wrong("rate", "rate = \"1_000_000_000_000/s\"\ngrowth = \"100 %\"\nmonths_ahead = 120", "the traffic grows to more than 1000000000000 requests a second", "a smaller `rate`"),
    near("rate", "rate = \"1/s\"\n[[traffic.burst]]\n«factr» = 5\nlength = \"5 min\"\nevery = \"6 h\"", "unknown key `factr` in [[traffic.burst]]", "factor, length, every", "`factor`"),
    wrong("rate", "rate = \"1/s\"\n[[traffic.burst]]\nfactor = 5\nlength = \"5 min\"\nevery = «\"5 min\"»", "a burst of 5 min every 5 min never ends", "`every` is longer than the `length`"),
    wrong("rate", "rate = \"1/s\"\n[traffic.launch]\nfactor = 5\nlength = \"2 days\"\non_day = «32»", "32 is more than 31", "a whole number from 1 to 31"),
    wrong("rate", "rate = \"1/s\"\n[traffic.launch]\nfactor = «0.5»\nlength = \"2 days\"\non_day = 3", "a launch of 0.5 ×: it brings more", "`factor` is a number of 1 or more"),
    wrong("rate", "rate = \"1/s\"\nlaunch = «5»", "`launch`: the bare number 5 where a table belongs", "a table [traffic.launch]"),
    wrong("rate", "rate = \"1/s\"\n[[traffic.season]]\nmonth = «\"2026-12\"»\nfactor = 2", "a season of a calendar month, but the month that is weighed is none", "`month` of [scenario]"),
    wrong("rate", "rate = \"1/s\"\n[[traffic.season]]\nmonth = «\"730h\"»\nfactor = 2", "a season is that of a calendar month", "\"2026-12\""),
    // What is missing.
    wrong("vcpu", "", "[[component]] lacks `vcpu`", "a number above 0"),
    wrong("rate", "", "[traffic] lacks `rate`", "\"10_000/day\""),
    wrong("platform", "", "[[option]] lacks `platform`", "ec2-compose, ecs-ec2"),
    wrong("monthly_cost", "monthly_cost = «{ best = \"$1\" }»", "the wish `monthly_cost` lacks `weight`", "weight = 3"),
    wrong("vcpu", "vcpu = 1\nstate = «\"local-disk\"»", "component `api` keeps data on its local disk, but not how much", "`disk`"),
    // Memory and processes.
    wrong("vcpu", "vcpu = 1\nmemory_per_request = «\"20 MB\"»", "`memory_per_request` without `idle_memory`", "`idle_memory` beside `memory_per_request`"),
    wrong("vcpu", "vcpu = 1\nidle_memory = «\"20 MB\"»", "`idle_memory` without `memory_per_request`", "`memory_per_request` above 0"),
    wrong("vcpu", "vcpu = 1\nidle_memory = \"1 GiB\"\nmemory_per_request = «\"1 MB\"»", "1 GB of memory hold no request of 1 MB beside 1 GB without requests", "`idle_memory` and one `memory_per_request` within `memory`"),
    wrong("vcpu", "vcpu = 1\nprocesses = «0»", "0 is less than 1", "a whole number from 1 to 1000"),
    wrong("platform", "platform = \"fargate\"\ntarget_memory = «\"60 %\"»", "`target_memory`, but no component says what memory a request takes", "`target_memory` beside `memory_per_request`"),
    // Kinds of request.
    near("[needs]", "[[request]]\nname = \"upload\"\ncomponent = «\"apy\"»\nshare = 0.1\n[needs]", "unknown component `apy`", "`component` is one of api", "\"api\""),
    wrong("[needs]", "[[request]]\nname = \"upload\"\ncomponent = \"api\"\nshare = «\"120 %\"»\n[needs]", "`120 %` is more than the whole", "\"99.9 %\""),
    wrong("[needs]", "[[request]]\nname = \"a\"\ncomponent = \"api\"\nshare = 0.6\n[[request]]\nname = \"b\"\ncomponent = \"api\"\nshare = «0.5»\n[needs]", "the shares of the requests of `api` add up to 110 %", "add up to 100 % at most"),
    wrong("[needs]", "[[request]]\nname = \"a\"\ncomponent = \"api\"\nshare = 0.1\n[[request]]\nname = «\"a\"»\ncomponent = \"api\"\nshare = 0.1\n[needs]", "two requests are named `a`", "a `name` of its own for each request"),
    wrong("[needs]", "[[request]]\nname = \"a\"\ncomponent = \"api\"\nshare = 0.1\ncpu_time = «\"0 s\"»\n[needs]", "request `a`: it takes no time at all", "`cpu_time` or `wait_time` above 0"),
    near("[needs]", "[[request]]\nname = \"a\"\ncomponent = \"api\"\nshare = 0.1\n«cpu_tme» = \"1 s\"\n[needs]", "unknown key `cpu_tme` in [[request]]", "name, component, share, cpu_time", "`cpu_time`"),
    // Jobs.
    wrong("[needs]", "«[[job]]»\nname = \"a\"\nvcpu = 1\nmemory = \"1 GB\"\nruns = \"1/day\"\n[needs]", "[[job]] lacks `duration`", "`duration` is a time above 0"),
    wrong("[needs]", "[[job]]\nname = \"a\"\nvcpu = 1\nmemory = \"1 GB\"\nduration = «\"40 min\"»\nruns = \"2/hour\"\n[needs]", "job `a`: a run of 40 min is not over when the next one begins, at 2/hour", "fewer `runs` or a shorter `duration`"),
    wrong("[needs]", "[[job]]\nname = \"a\"\nvcpu = 1\nmemory = \"1 GB\"\nduration = \"1 s\"\nruns = «\"weekly\"»\n[needs]", "`weekly` is no rate", "a rate above 0"),
    wrong("[needs]", "[[job]]\nname = \"a\"\nvcpu = 1\nmemory = \"1 GB\"\nduration = \"1 s\"\nruns = \"1/day\"\n[[job]]\nname = «\"a\"»\nvcpu = 1\nmemory = \"1 GB\"\nduration = \"1 s\"\nruns = \"1/day\"\n[needs]", "two jobs are named `a`", "a `name` of its own for each job"),
    // Supporting services.
    near("[needs]", "[[service]]\nkind = «\"rds-postgres\"»\n[needs]", "unknown service kind `rds-postgres`", "one of api-gateway, aurora-serverless-v2", "\"rds-postgresql\""),
    wrong("[needs]", "«[[service]]»\nname = \"a\"\n[needs]", "[[service]] lacks `kind`", "`kind` is one of api-gateway"),
    near("[needs]", "[[service]]\nkind = \"sqs\"\n«message_per_request» = 2\n[needs]", "unknown key `message_per_request` in a service of kind sqs", "kind, name, component, environment, tag, enabled, queue", "`messages_per_request`"),
    wrong("[needs]", "«[[service]]»\nkind = \"sns\"\n[needs]", "a service of kind sns lacks `messages_per_request`", "a number above 0"),
    wrong("[needs]", "[[service]]\nkind = \"kms\"\nkeys = 1\n[[service]]\nkind = «\"kms\"»\nkeys = 2\n[needs]", "two services are named `kms`", "a `name` of its own for each service"),
    near("[needs]", "[[service]]\nkind = \"kms\"\nkeys = 1\ncomponent = «\"apii\"»\n[needs]", "`component`: unknown component `apii`", "`component` is one of api", "\"api\""),
    wrong("[needs]", "[[service]]\nkind = \"kms\"\nkeys = 1\nenvironment = «\"staging\"»\n[needs]", "`environment`: unknown environment `staging`", "no `environment`, as the file has no [[environment]]"),
    near("[needs]", "[[service]]\nkind = \"rds-postgresql\"\ninstance_type = «\"db.t4g.mdium\"»\nstorage = \"9 GB\"\n[needs]", "unknown database type `db.t4g.mdium`", "one of", "\"db.t4g.medium\""),
    near("[needs]", "[[service]]\nkind = \"elasticache\"\nnode_type = «\"cache.t4g.mikro\"»\n[needs]", "unknown cache node type `cache.t4g.mikro`", "one of", "\"cache.t4g.micro\""),
    near("[needs]", "[[service]]\nkind = \"bedrock\"\nmodel = «\"claude-sonnet-4.7\"»\ninput_tokens = 1\noutput_tokens = 1\n[needs]", "unknown model `claude-sonnet-4.7`", "claude-sonnet-4.6", "\"claude-sonnet-4.6\""),
    wrong("[needs]", "[[service]]\nkind = \"rds-postgresql\"\ninstance_type = \"db.m5.large\"\nstorage = \"500 GB\"\niops = «4000»\n[needs]", "`iops = 4000`: a gp3 volume of this size has 12000 and no less", "`iops` left out, or another `storage`"),
    wrong("[needs]", "[[service]]\nkind = \"rds-postgresql\"\ninstance_type = \"db.m5.large\"\nstorage = \"399 GB\"\niops = «4000»\n[needs]", "`iops = 4000`: a gp3 volume of this size has 3000 and no other: more is offered from 400 GB on", "`iops` left out, or another `storage`"),
    wrong("[needs]", "[[service]]\nkind = \"rds-postgresql\"\ninstance_type = \"db.m5.large\"\nstorage = \"50 GB\"\nthroughput = «200»\n[needs]", "`throughput = 200`: a gp3 volume of this size has 125 and no other", "`throughput` left out, or another `storage`"),
    wrong("[needs]", "«[[service]]»\nkind = \"rds-postgresql\"\ninstance_type = \"db.r5.4xlarge\"\nstorage = \"50 GB\"\nproxy = true\n[needs]", "`proxy` is billed by the vCPU, and those of db.r5.4xlarge are not known", "`vcpu` stated, or another `proxy`"),
    wrong("[needs]", "[[service]]\nkind = \"rds-postgresql\"\ninstance_type = \"db.m5.large\"\nstorage = \"50 GB\"\nvolume = \"gp2\"\nthroughput = «200»\n[needs]", "`throughput` does nothing beside this `volume`", "`throughput` left out, or another `volume`"),
    wrong("[needs]", "«[[service]]»\nkind = \"aurora-serverless-v2\"\nmin_acu = 1\nmax_acu = 4\nmean_acu = 2\nstorage = \"1 GB\"\n[needs]", "the standard configuration bills reads and writes: `ios_per_request` is not stated", "`ios_per_request` stated, or another `configuration`"),
    wrong("[needs]", "[[service]]\nkind = \"aurora-serverless-v2\"\nmin_acu = 1\nmax_acu = 4\nmean_acu = «8»\nstorage = \"1 GB\"\nios_per_request = 1\n[needs]", "`mean_acu` is not between `min_acu` and `max_acu`, 1 and 4", "another `mean_acu` or `max_acu`"),
    wrong("[needs]", "[[service]]\nkind = \"cloudfront\"\nhit_share = «\"100 %\"»\n[needs]", "a cache that answers all leaves nothing for the application", "another `hit_share`"),
    wrong("[needs]", "«[[service]]»\nkind = \"dynamodb\"\nstorage = \"1 GB\"\n[needs]", "on demand, reads and writes are billed, and neither is stated", "`reads_per_request` stated"),
    wrong("[needs]", "«[[service]]»\nkind = \"external\"\n[needs]", "it costs nothing: neither `monthly_cost` nor `price` is stated", "`monthly_cost` stated, or another `price`"),
    wrong("[needs]", "[[service]]\nkind = \"external\"\nmonthly_cost = «\"57 EUR\"»\n[needs]", "`57 EUR` is no sum of money", "US dollars"),
    wrong("[needs]", "[[service]]\nkind = \"s3\"\nmonthly_upload = \"1 GB\"\nretention_days = 60\ninfrequent_after_days = «90»\n[needs]", "`infrequent_after_days` comes after the data is deleted", "another `retention_days`"),
    wrong("[needs]", "[[service]]\nkind = \"elasticache\"\nengine = \"memcached\"\nnode_type = \"cache.t4g.micro\"\nreplicas = «1»\n[needs]", "`replicas` does nothing beside `engine = \"memcached\"`", "`replicas` left out"),
    // What contradicts something else.
    wrong("monthly_cost", "monthly_cost = 0\nscalability = 0.0", "the weights in [wishes] are all zero", "at least one weight above 0"),
    wrong("monthly_cost", "monthly_cost = «{ weight = 1, best = \"$1\", worst = \"$1\" }»", "one value for best and worst", "two different ends"),
    wrong("[needs]", "[[component]]\nname = «\"api\"»\nvcpu = 1\nmemory = \"1 GiB\"\ncpu_time = \"1 s\"\n[needs]", "two components are named `api`", "a `name` of its own for each component"),
    wrong("platform", "platform = \"fargate\"\n[[option]]\nplatform = «\"fargate\"»", "two options are named `fargate`", "a `name` of its own for each option"),
    wrong("platform", "name = \"a\"\nplatform = \"fargate\"\n[[option]]\nname = «\" a \"»\nplatform = \"lambda\"", "two options are named `a`", "a `name` of its own for each option"),
    wrong("platform", "platform = \"fargate\"\n[[option]]\nplatform = «\"Fargate\"»", "two options are named `fargate`", "a `name` of its own for each option"),
    wrong("platform", "platform = \"fargate\"\ntasks = «1»", "`tasks = 1` contradicts the need `min_replicas = 2`", "`tasks` of 2 or more"),
    wrong("platform", "platform = \"lightsail\"\nnodes = «1»", "`nodes = 1` contradicts the need `min_replicas = 2`", "`nodes` of 2 or more"),
    wrong("platform", "platform = \"ec2-compose\"\ninstances = «1»", "`instances = 1` contradicts the need `min_replicas = 2`", "`instances` of 2 or more"),
    wrong("min_replicas", "zones = 3\n\n[[option]]\nname = \"b\"\nplatform = \"ecs-ec2\"\ninstances = «2»", "`instances = 2` contradicts the need `zones = 3`", "`instances` of 3 or more"),
    wrong("platform", "platform = \"lambda\"\nprovisioned_hours = «\"09:00-17:00\"»", "`provisioned_hours` does nothing without `provisioned_concurrency` above 0", "`provisioned_hours` left out, or another `provisioned_concurrency`"),
    wrong("platform", "platform = \"lambda\"\nprovisioned_days = «\"mon-fri\"»", "`provisioned_days` does nothing without `provisioned_hours`", "`provisioned_days` left out, or another `provisioned_hours`"),
    wrong("platform", "platform = \"lambda\"\nkeep_alive = \"10 min\"\nkeep_alive_distribution = «\"measured-2021\"»", "`keep_alive` and `keep_alive_distribution` state the same thing twice", "`keep_alive_distribution` left out, or another `keep_alive`"),
    wrong("platform", "platform = \"lambda\"\nrestore_time = «\"1 s\"»", "`restore_time` does nothing without `snap_start = true`", "`restore_time` left out, or another `snap_start`"),
    wrong("platform", "platform = \"lambda\"\npackage = \"image\"\npackage_size = «\"50 MB\"»", "`package_size` is that of a zip archive, and does nothing beside `package = \"image\"`", "`package_size` left out, or another `package`"),
    wrong("platform", "platform = \"ecs-ec2\"\ninstance_type = \"m5.large\"\ncredits = «\"unlimited\"»", "`credits` does nothing for m5.large, which has no CPU credits: the T families have them", "`credits` left out, or another `instance_type`"),
    wrong("platform", "platform = \"ec2-compose\"\nspot_share = \"50 %\"\nspot_interruptions = «\"100 %\"»", "`spot_interruptions` of 100 % takes all Spot capacity away at once; it must be less", "`spot_interruptions` left out, or another `spot_share`"),
];

/// The scenario with the mistake, and line, column and width of what the caret must mark.
fn made(mistake: &Mistake) -> (String, Option<(usize, usize, usize)>) {
    let marked = with(mistake.start, mistake.line);
    let place = marked.lines().enumerate().find_map(|(index, line)| {
        let (before, rest) = line.split_once('«')?;
        let (inside, _) = rest.split_once('»')?;
        Some((index + 1, before.chars().count() + 1, inside.chars().count()))
    });
    (marked.replace(['«', '»'], ""), place)
}

fn refused(answer: &Answer) {
    assert_eq!((answer.code, answer.stdout.as_str()), (1, ""), "{}", answer.stderr);
    assert!(answer.stderr.ends_with("; nothing was computed\n"), "{}", answer.stderr);
}

#[test]
fn every_mistake_is_told_at_its_place_with_what_is_allowed() {
    let mut catalogue = String::new();
    for mistake in MISTAKES {
        let (scenario, place) = made(mistake);
        let answer = ask("compare -", scenario.as_bytes());
        let stderr = &answer.stderr;
        refused(&answer);
        assert!(stderr.contains(": 1 error; nothing was computed"), "{}: {stderr}", mistake.line);
        assert!(stderr.contains(mistake.says), "{}: {stderr}", mistake.line);
        let allowed = stderr.lines().find(|line| line.contains("= allowed: ")).unwrap_or_default();
        assert!(allowed.contains(mistake.allows), "{}: {stderr}", mistake.line);
        match mistake.meant {
            Some(meant) => assert!(stderr.contains(&format!("did you mean {meant}?")), "{stderr}"),
            None => assert!(!stderr.contains("did you mean"), "{stderr}"),
        }
        if let Some((line, column, width)) = place {
            assert!(stderr.contains(&format!("--> <stdin>:{line}:{column}\n")), "{line}:{column} {stderr}");
            let source = scenario.lines().nth(line - 1).unwrap();
            assert_eq!(caret(stderr, source), (column, width), "{stderr}");
        }
        catalogue.push_str(stderr);
        catalogue.push('\n');
    }
    insta::assert_snapshot!("catalogue", catalogue);
}

/// Column and width of the carets below the last shown copy of a source line that has carets below it.
fn caret(stderr: &str, source: &str) -> (usize, usize) {
    let lines: Vec<&str> = stderr.lines().collect();
    let below = lines.windows(2).find_map(|pair| {
        let shown = pair[0].split_once(" | ")?.1;
        let (_, below) = pair[1].split_once("| ")?;
        (shown == source && below.contains('^')).then_some(below)
    });
    let below = below.unwrap_or_else(|| panic!("no caret below `{source}`:\n{stderr}"));
    let before = below.chars().take_while(|c| *c == ' ').count();
    (before + 1, below.chars().filter(|c| *c == '^').count())
}

#[test]
fn a_missing_section_is_told_at_the_start_of_the_file() {
    for (section, gone) in [("[scenario]", 4), ("[traffic]", 3), ("[[component]]", 6)] {
        let mut lines: Vec<&str> = GOOD.lines().collect();
        let at = lines.iter().position(|line| *line == section).unwrap();
        lines.drain(at..at + gone);
        let answer = ask("compare -", (lines.join("\n") + "\n").as_bytes());
        refused(&answer);
        assert!(
            answer.stderr.contains(&format!("error: the file lacks {section}\n --> <stdin>:1:1")),
            "{}",
            answer.stderr
        );
        assert!(answer.stderr.contains("1 error;"), "{}", answer.stderr);
    }
}

#[test]
fn a_name_is_counted_in_letters_and_written_in_any_case() {
    let long = with("name = \"Shop\"", &format!("name = \"{}\"", "日".repeat(80)));
    assert_eq!(ask("compare -", long.as_bytes()).code, 0);
    let too_long = with("name = \"Shop\"", &format!("name = \"{}\"", "日".repeat(81)));
    refused(&ask("compare -", too_long.as_bytes()));
    let plain = ask("compare -", GOOD.as_bytes()).stdout;
    for (start, line) in [("platform", "platform = \"Fargate\""), ("region", "region = \"US-East-1\"")] {
        assert_eq!(ask("compare -", with(start, line).as_bytes()).stdout, plain, "{line}");
    }
}
