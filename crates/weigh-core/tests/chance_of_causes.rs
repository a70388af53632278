//! Chance: figures at random get a cause only seldom, though some change of a bill comes near nearly every one.

mod support;

use support::audit::{Audited, sum};

/// Bills with servers, services around them, a database, and what is paid per request.
const OPTIONS: &[&str] = &[
    "platform = \"fargate\"\ntasks = 2\nnetwork = \"nat\"",
    "platform = \"ecs-ec2\"\ninstance_type = \"t3.xlarge\"\ninstances = 2\ntasks = 4",
    "platform = \"ec2-compose\"\ninstance_type = \"t3.large\"\ninstances = 2\ndisk = \"50 GB\"",
];

/// Figures at random of each bill.
const EACH: u32 = 100;
/// Of all of them, so many may get a cause: 15 %.
const MOST: usize = 45;

/// Numbers at random from a seed: a linear congruence modulo 2³² (Numerical Recipes' multiplier), of which the upper bits are taken.
struct Random(u32);

impl Random {
    fn between(&mut self, low: u32, high: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        low + (self.0 >> 16) % (high - low + 1)
    }
}

#[test]
fn figures_at_random_seldom_get_a_cause() {
    let mut random = Random(7);
    let mut with_a_cause: Vec<String> = Vec::new();
    for option in OPTIONS {
        let claims = (0..EACH).map(|place| {
            let value = random.between(10, 99);
            format!(
                "[[claim]]\nid = \"C{place}\"\nabout = \"total\"\noption = \"it\"\nvalue = \"{value}\"\n\
                 unit = \"USD/month\"\n"
            )
        });
        let claims: Vec<String> = claims.collect();
        let audited = Audited::on_whole_book(&format!(
            "[scenario]\nname = \"t\"\nregion = \"us-east-1\"\n[traffic]\nrate = \"1_000/hour\"\n\
             [[component]]\nname = \"a\"\nvcpu = 0.5\nmemory = \"512 MB\"\ncpu_time = \"5 ms\"\n\
             wait_time = \"20 ms\"\nconcurrency = 50\nstart_up_time = \"1 s\"\nresponse_size = \"20 KB\"\n\
             outside_request_size = \"1 KB\"\n\
             [[service]]\nkind = \"rds-postgresql\"\nname = \"db\"\ninstance_type = \"db.t3.micro\"\n\
             storage = \"20 GB\"\n[[option]]\nname = \"it\"\n{option}\n{}",
            claims.concat()
        ));
        let computed = sum(audited.part("it", &|_| true));
        for claim in &audited.scenario.claims {
            let causes = audited.causes(&claim.entry.id, &computed);
            let told = causes.iter().filter(|cause| cause.kind != "would-need");
            let told: Vec<&str> = told.map(|cause| cause.words.as_str()).collect();
            if !told.is_empty() {
                with_a_cause.push(format!(
                    "{} of {}: {}",
                    claim.entry.value,
                    computed.figure,
                    told.join(" | ")
                ));
            }
        }
    }
    assert!(with_a_cause.len() < MOST, "{} of 300:\n{}", with_a_cause.len(), with_a_cause.join("\n"));
}
