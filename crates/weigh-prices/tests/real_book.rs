//! The embedded price book itself: whole, sourced, and enough for every platform; how prices are used is tested elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use weigh_core::catalog::{Architecture, Catalog, Limit, Package};
use weigh_core::compare::{Verdict, compare, vocabulary};
use weigh_core::data::DataFile;
use weigh_core::platforms::PLATFORMS;
use weigh_core::pricebook::PriceBook;
use weigh_core::scenario::{Kind, Scenario};
use weigh_core::time::Date;
use weigh_core::verify::{Verified, verify};

/// Every file of the data folder, as it stands in the repository.
fn data_files() -> &'static [DataFile] {
    static FILES: OnceLock<Vec<DataFile>> = OnceLock::new();
    FILES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pricing-data");
        let mut files = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "csv") {
                    let below = path.strip_prefix(&root).expect("below the root").display().to_string();
                    let text = fs::read_to_string(&path).expect("text");
                    files.push(DataFile { path: below.into(), text: text.into() });
                }
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files
    })
}

#[test]
fn the_embedded_book_is_that_of_the_folder() {
    let book = PriceBook::pack(data_files()).expect("a right book");
    assert_eq!(book.hash(), weigh_prices::book().hash());
    assert_eq!(book.packed().len(), weigh_prices::book().packed().len());
    let as_text: Vec<&DataFile> = data_files()
        .iter()
        .filter(|file| weigh_prices::files().iter().any(|embedded| embedded.path == file.path))
        .collect();
    assert!(weigh_prices::files().iter().eq(as_text));
}

/// The rows of a file below its header, cell by cell.
fn rows(file: &DataFile) -> impl Iterator<Item = Vec<&str>> {
    file.text.lines().skip(1).map(|line| line.split(',').collect())
}

/// Files of prices: those of a region, or the global ones.
fn prices(files: &[DataFile]) -> impl Iterator<Item = &DataFile> {
    let header = "price_id,unit,from_quantity,usd,from,seen,source,mark\n";
    files.iter().filter(move |file| file.text.starts_with(header))
}

fn file<'a>(files: &'a [DataFile], path: &str) -> &'a DataFile {
    files.iter().find(|file| file.path == path).expect("a file of that path")
}

#[test]
fn every_file_is_read_in_every_region() {
    let files = data_files();
    assert!(Catalog::open(files).is_ok(), "{:?}", Catalog::open(files).err());
    for region in weigh_prices::book().regions() {
        let book = weigh_prices::book().open(region, None);
        assert!(book.is_ok(), "{region}: {:?}", book.err());
    }
    for file in files {
        assert!(file.text.ends_with('\n') && !file.text.contains(['"', '\r']), "{}", file.path);
        let columns = file.text.lines().next().unwrap_or_default().split(',').count();
        for row in rows(file) {
            assert_eq!(row.len(), columns, "{}: {row:?}", file.path);
        }
        // Rows of a price stand in the order of id, date and quantity; sources.csv in that of the id.
        let ids: Vec<&str> = rows(file).map(|row| row[0]).collect();
        let sorted = prices(std::slice::from_ref(file)).next().is_none() || ids.is_sorted();
        assert!(sorted, "{} is not sorted", file.path);
    }
}

#[test]
fn the_list_of_regions_is_that_of_the_folders() {
    let files = data_files();
    let listed: Vec<&str> = rows(file(files, "aws/regions.csv")).map(|row| row[0]).collect();
    assert_eq!(listed, weigh_prices::book().regions());
}

#[test]
fn every_source_that_is_named_is_described() {
    let files = data_files();
    let known: BTreeMap<&str, &str> =
        rows(file(files, "aws/sources.csv")).map(|row| (row[0], row[1])).collect();
    let mut used = BTreeSet::new();
    for file in files.iter().filter(|file| file.path != "aws/sources.csv") {
        let header: Vec<&str> = file.text.lines().next().unwrap_or_default().split(',').collect();
        let Some(column) = header.iter().position(|name| *name == "source") else { continue };
        for row in rows(file) {
            assert!(known.contains_key(row[column]), "{}: no source `{}`", file.path, row[column]);
            used.insert(row[column]);
        }
    }
    for (source, title) in &known {
        assert!(used.contains(source), "nothing comes from the source `{source}`");
        assert!(title.len() > 10, "{source}: {title}");
    }
}

#[test]
fn a_price_id_has_one_unit_in_all_regions() {
    let files = data_files();
    let mut units: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
    for file in prices(files) {
        for row in rows(file) {
            let (unit, first) = *units.entry(row[0]).or_insert((row[1], file.path.as_ref()));
            assert_eq!(unit, row[1], "{} in {first} and in {}", row[0], file.path);
        }
    }
    for row in rows(file(files, "aws/global/allowances.csv")) {
        for covered in row[3].split(';') {
            assert_eq!(
                units.get(covered).map(|(unit, _)| *unit),
                Some(row[1]),
                "{} covers {covered}",
                row[0]
            );
        }
    }
}

/// A rate of 0 is a fact only where a source says so: addresses before AWS charged for them.
#[test]
fn no_price_is_zero_by_accident() {
    let files = data_files();
    let zero = |row: &Vec<&str>| row[3].chars().all(|c| matches!(c, '0' | '.'));
    let all = prices(files).flat_map(rows).filter(zero);
    let ids: Vec<(&str, &str)> = all.map(|row| (row[0], row[4])).collect();
    let free = [
        ("ecs/cluster-hours", "2022-01-01"),
        ("cloudfront/flat-rate-months/free", "2026-09-06"),
        ("vpc/public-ipv4-hours", "2023-02-23"),
        ("ecs/cluster-hours", "2026-10-07"),
        ("lambda/function-url-requests", "2026-10-01"),
        ("transfer/internet-in-gb", "2026-10-07"),
    ];
    assert_eq!(ids, free);
}

fn verified() -> &'static Verified {
    static VERIFIED: OnceLock<Verified> = OnceLock::new();
    VERIFIED.get_or_init(|| verify(data_files()))
}

/// Rows, sources, regions, rules, allowances, shapes, and what each platform needs in each region: priced, said to be not
/// offered, or listed among the gaps; and no gap that is none.
#[test]
fn nothing_is_wrong_in_the_book() {
    let verified = verified();
    let told: Vec<String> = verified.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told, Vec::<String>::new());
    let notes: Vec<String> = verified.notes.iter().map(ToString::to_string).collect();
    assert_eq!(notes, Vec::<String>::new(), "gaps that are filled, or types without a shape");
    assert_eq!(verified.coverage.len(), 36);
}

#[test]
fn the_data_stays_light() {
    let bytes: usize = data_files().iter().map(|file| file.text.len()).sum();
    assert!(bytes < 12_000_000, "the data folder has {bytes} bytes");
    let packed = weigh_prices::book().packed().len();
    assert!(packed < 4_000_000, "the embedded form has {packed} bytes");
}

/// The files are in the form in which the program writes them, so that an import changes only what it means to.
#[test]
fn the_book_written_anew_is_the_same() {
    let book = weigh_prices::book();
    for region in book.regions().into_iter().chain(["global"]) {
        let written = book.region_files(region);
        let folder = format!("aws/{region}/");
        let stand: Vec<&DataFile> =
            data_files().iter().filter(|file| file.path.starts_with(&folder)).collect();
        assert_eq!(written.len(), stand.len(), "{region}");
        for (new, old) in written.iter().zip(stand) {
            assert_eq!(new.path, old.path);
            let differs = new.text.lines().zip(old.text.lines()).find(|(new, old)| new != old);
            assert_eq!(differs, None, "{}", new.path);
        }
    }
    assert_eq!(book.rules_file().as_ref(), data_files().iter().find(|file| file.path == "aws/rules.csv"));
}

/// us-east-1, as AWS's price list shows it.
#[test]
fn prices_of_the_known_answers() {
    let book = weigh_prices::book().open("us-east-1", None).expect("a whole book");
    let date: Date = "2026-10-07".parse().expect("a day");
    for (price_id, rates) in [
        ("fargate/vcpu-hours/linux-x86", "0.04048"),
        ("fargate/memory-gb-hours/linux-x86", "0.004445"),
        ("ec2/instance-hours/t3.medium", "0.0416"),
        ("elb/application-load-balancer-hours", "0.0225"),
        ("elb/application-lcu-hours", "0.008"),
        ("vpc/nat-gateway-hours", "0.045"),
        ("vpc/nat-gateway-processed-gb", "0.045"),
        ("vpc/public-ipv4-hours", "0.005"),
        ("lambda/requests", "0.0000002"),
        ("lambda/duration-gb-seconds/x86", "0.0000166667 0.000015 0.0000133334"),
        ("lightsail/container-node-months/micro", "10"),
        ("transfer/internet-out-gb", "0.09 0.085 0.07 0.05"),
        ("ebs/gp3-storage-gb-months", "0.08"),
        ("cloudwatch/log-ingestion-gb", "0.5"),
    ] {
        let (tariff, borrowed) = book.tariff(price_id, date).expect(price_id);
        let found: Vec<String> = tariff.bands.iter().map(|band| band.rate.to_string()).collect();
        assert_eq!((found.join(" ").as_str(), borrowed), (rates, None), "{price_id}");
    }
}

/// In every region, each platform as the program proposes it: priced where the coverage says so, and nowhere else.
#[test]
fn every_platform_in_every_region_is_priced_or_says_what_is_missing() {
    let catalog = Catalog::open(data_files()).expect("a whole catalog");
    let book = weigh_prices::book();
    let words = vocabulary(&catalog, &book);
    for covered in &verified().coverage {
        let text = format!(
            "[scenario]\nname = \"x\"\nregion = \"{}\"\n[traffic]\nrate = \"2/s\"\n[[component]]\n\
             name = \"a\"\nvcpu = 0.25\nmemory = \"512 MB\"\ncpu_time = \"600 ms\"\nconcurrency = 20\n\
             response_size = \"400 KB\"\noutside_request_size = \"1 KB\"\nstart_up_time = \"1 s\"\n",
            covered.region
        );
        let scenario = Scenario::parse(&text, &words).unwrap_or_else(|problems| panic!("{problems:?}"));
        let prices = book.open(&covered.region, None).expect("a region");
        let comparison = compare(&scenario, &catalog, &prices).expect("scales");
        for platform in PLATFORMS {
            let option = comparison.options.iter().find(|option| option.platform == platform.id);
            let proposed = covered.uses.iter().find(|each| each.platform == platform.id);
            let (option, proposed) = (option.expect("an option"), proposed.expect("a use"));
            match &option.verdict {
                Verdict::Ranked(_) | Verdict::Rejected { nearest: Some(_), .. } => {
                    assert!(proposed.lacks.is_empty(), "{} in {}", platform.id, covered.region);
                }
                Verdict::Unpriced { missing, .. } => {
                    assert!(
                        !missing.is_empty() && !proposed.lacks.is_empty(),
                        "{} in {}",
                        platform.id,
                        covered.region
                    );
                }
                other => panic!("{} in {}: {other:?}", platform.id, covered.region),
            }
        }
    }
}

/// Regions in which every way to use every platform is priced.
#[test]
fn the_whole_regions_lack_nothing() {
    for covered in &verified().coverage {
        let lacking: Vec<_> = covered.uses.iter().filter(|each| !each.lacks.is_empty()).collect();
        let whole =
            ["us-east-1", "eu-west-1", "eu-west-2", "ap-northeast-1"].contains(&covered.region.as_str());
        assert!(!whole || lacking.is_empty(), "{}: {lacking:?}", covered.region);
    }
}

/// What superseded prices were on their days, and what rules make of others.
#[test]
fn prices_of_other_days_and_derived_ones() {
    let table = [
        ("us-east-1", "dynamodb/write-request-units", "2024-10-31", "0.00000125 single"),
        ("us-east-1", "dynamodb/write-request-units", "2024-11-01", "0.000000625 "),
        ("us-east-1", "fargate/vcpu-hours/windows-x86", "2023-01-01", "0.09148 single"),
        ("us-east-1", "fargate/vcpu-hours/windows-x86", "2026-10-01", "0.046552 "),
        ("us-east-1", "fargate-spot/vcpu-hours/linux-x86", "2024-06-01", "0.01246287 single"),
        ("us-east-1", "fargate-spot/vcpu-hours/linux-x86", "2025-06-01", "0.0124419 single"),
        ("us-east-1", "fargate-spot/vcpu-hours/linux-x86", "2026-10-01", "0.01288871 single"),
        ("us-east-1", "vpc/public-ipv4-hours", "2024-01-31", "0 derived"),
        ("eu-central-1", "vpc/public-ipv4-hours", "2024-02-01", "0.005 "),
        ("us-east-1", "lightsail/linux-ipv4-months/large", "2023-06-01", "40 single"),
        ("us-east-1", "lightsail/linux-ipv4-months/large", "2026-10-01", "44 "),
        // t3.medium convertible for a year, nothing upfront, in Ireland: 0.0373; times 0.933333 all upfront.
        (
            "eu-west-1",
            "ec2-reserved/instance-hours/t3.medium/convertible-1-year-no-upfront",
            "2026-10-01",
            "0.0373 single",
        ),
        (
            "eu-west-1",
            "compute-savings-plan/instance-hours/t3.medium/1-year-no-upfront",
            "2026-10-01",
            "0.0373 derived",
        ),
        (
            "eu-west-1",
            "compute-savings-plan/instance-hours/t3.medium/1-year-all-upfront",
            "2026-10-01",
            "0.0348133209 derived",
        ),
    ];
    let book = weigh_prices::book();
    for (region, price_id, date, expected) in table {
        let prices = book.open(region, None).expect("a region");
        let (tariff, _) = prices.tariff(price_id, date.parse().expect("a day")).expect(price_id);
        let band = tariff.bands[0];
        assert_eq!(
            format!("{} {}", band.rate, band.evidence.standing.word()),
            expected,
            "{price_id} on {date}"
        );
    }
}

#[test]
fn counts_that_a_setting_allows_are_the_limits_of_the_data() {
    let catalog = Catalog::open(&weigh_prices::files()).expect("a whole catalog");
    for (platform, key, limit) in [
        ("lightsail", "nodes", Limit::LightsailContainerNodesMax),
        ("fargate", "tasks", Limit::EcsTasksPerService),
        ("ecs-ec2", "tasks", Limit::EcsTasksPerService),
        ("ecs-ec2", "instances", Limit::EcsInstancesPerCluster),
        ("ec2-compose", "instances", Limit::EcsInstancesPerCluster),
    ] {
        let known = PLATFORMS.iter().find(|known| known.id == platform).expect("a platform of that id");
        let field = known
            .settings
            .iter()
            .flat_map(|list| list.iter())
            .find(|field| field.key == key)
            .expect("a setting of that key");
        let most = catalog.limits.whole(limit);
        assert_eq!(field.kind, Kind::Count { least: 1, most }, "{key} of {platform}");
    }
}

#[test]
fn start_ups_are_whole_and_no_percentile_lies_below_a_lower_one() {
    let catalog = Catalog::open(&weigh_prices::files()).expect("a whole catalog");
    let all = || catalog.runtimes.iter().flat_map(|runtime| &runtime.measured);
    assert_eq!(all().count(), 620);
    assert!(all().all(|row| row.cold_starts > 500 && catalog.source_title(&row.source) != row.source));
    for times in all().map(|row| row.times) {
        let percentiles =
            [times.init_p10_ms, times.init_p50_ms, times.init_p90_ms, times.init_p95_ms, times.init_p99_ms];
        assert!(percentiles.is_sorted(), "{times:?}");
    }
    let image = catalog.start_up("bun-layer", Package::Image, Architecture::Arm, 128).expect("a runtime");
    assert_eq!((image.runtime.package, image.runtime.architecture), (Package::Zip, Architecture::X86));
}
