//! What AWS calls the services that price ids begin with, and which category of FOCUS each belongs to.

/// A service as bills and FOCUS name it.
///
/// Names are those of AWS's price lists and product pages; categories and subcategories are the allowed values of FOCUS 1.2
/// (focus.finops.org, "ServiceCategory", "ServiceSubcategory"), read in November 2026. AWS's own invoice lists disks and
/// NAT gateways below Amazon Elastic Compute Cloud; here they stand by the service whose documentation describes them.
///
/// ```
/// use weigh_core::report::ServiceName;
/// let fargate = ServiceName::of("fargate/vcpu-hours/linux-x86");
/// assert_eq!((fargate.name, fargate.category), ("Amazon Elastic Container Service", "Compute"));
/// let bought = ServiceName::of("external/MongoDB Atlas/units");
/// assert_eq!((bought.name, bought.provider, bought.category), ("MongoDB Atlas", "MongoDB Atlas", "Other"));
/// // What no row knows, such as a price id of one's own book, stands for itself.
/// assert_eq!(ServiceName::of("parking/spaces").name, "parking");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceName<'a> {
    /// The name (FOCUS: `ServiceName`).
    pub name: &'a str,
    /// The category (FOCUS: `ServiceCategory`).
    pub category: &'static str,
    /// The subcategory (FOCUS: `ServiceSubcategory`).
    pub subcategory: &'static str,
    /// Who sells it (FOCUS: `ProviderName`).
    pub provider: &'a str,
    /// Whether it runs in a region; what does not is the same everywhere.
    pub regional: bool,
}

const AWS: &str = "AWS";
const OTHER: (&str, &str) = ("Other", "Other (Other)");
const CONTAINERS: (&str, &str) = ("Compute", "Containers");
const MACHINES: (&str, &str) = ("Compute", "Virtual Machines");
const RELATIONAL: (&str, &str) = ("Databases", "Relational Databases");
const DOCUMENTS: (&str, &str) = ("Databases", "NoSQL Databases");
const CACHING: (&str, &str) = ("Databases", "Caching");
const MESSAGING: (&str, &str) = ("Integration", "Messaging");
const SECRETS: (&str, &str) = ("Security", "Secret Management");
const OBSERVING: (&str, &str) = ("Management and Governance", "Observability");

/// The first segment of a price id, the name, and category with subcategory; sorted by segment.
const SERVICES: &[(&str, &str, (&str, &str))] = &[
    ("api-gateway", "Amazon API Gateway", ("Integration", "API Management")),
    ("app-runner", "AWS App Runner", CONTAINERS),
    ("aurora", "Amazon Relational Database Service", RELATIONAL),
    ("bedrock", "Amazon Bedrock", ("AI and Machine Learning", "Generative AI")),
    ("cloudfront", "Amazon CloudFront", ("Networking", "Content Delivery")),
    ("cloudwatch", "AmazonCloudWatch", OBSERVING),
    ("compute-savings-plan", "Savings Plans for AWS Compute usage", ("Compute", "Other (Compute)")),
    ("documentdb", "Amazon DocumentDB (with MongoDB compatibility)", DOCUMENTS),
    ("dynamodb", "Amazon DynamoDB", DOCUMENTS),
    ("ebs", "Amazon Elastic Block Store", ("Storage", "Block Storage")),
    ("ec2", EC2, MACHINES),
    ("ec2-reserved", EC2, MACHINES),
    ("ec2-spot", EC2, MACHINES),
    ("ecr", "Amazon Elastic Container Registry", CONTAINERS),
    ("ecs", ECS, CONTAINERS),
    ("efs", "Amazon Elastic File System", ("Storage", "File Storage")),
    ("eks", "Amazon Elastic Kubernetes Service", CONTAINERS),
    ("elasticache", "Amazon ElastiCache", CACHING),
    ("elasticache-reserved", "Amazon ElastiCache", CACHING),
    ("elb", "Elastic Load Balancing", ("Networking", "Application Networking")),
    ("eventbridge", "Amazon EventBridge", MESSAGING),
    ("fargate", ECS, CONTAINERS),
    ("fargate-spot", ECS, CONTAINERS),
    ("kms", "AWS Key Management Service", SECRETS),
    ("lambda", "AWS Lambda", ("Compute", "Serverless Compute")),
    ("lightsail", "Amazon Lightsail", MACHINES),
    ("rds", "Amazon Relational Database Service", RELATIONAL),
    ("rds-reserved", "Amazon Relational Database Service", RELATIONAL),
    ("route53", "Amazon Route 53", ("Networking", "Network Routing")),
    ("s3", "Amazon Simple Storage Service", ("Storage", "Object Storage")),
    ("secrets-manager", "AWS Secrets Manager", SECRETS),
    ("sns", "Amazon Simple Notification Service", MESSAGING),
    ("sqs", "Amazon Simple Queue Service", MESSAGING),
    ("ssm", "AWS Systems Manager", ("Management and Governance", "Other (Management and Governance)")),
    ("step-functions", "AWS Step Functions", ("Integration", "Workflow Orchestration")),
    ("transfer", "AWS Data Transfer", ("Networking", "Network Connectivity")),
    ("vpc", "Amazon Virtual Private Cloud", ("Networking", "Network Infrastructure")),
    ("waf", "AWS WAF", ("Security", "Other (Security)")),
    ("x-ray", "AWS X-Ray", OBSERVING),
];

const EC2: &str = "Amazon Elastic Compute Cloud";
const ECS: &str = "Amazon Elastic Container Service";
/// Services that run at AWS's edge, in no region.
const AT_THE_EDGE: [&str; 2] = ["cloudfront", "route53"];
/// How the price ids begin of what is bought elsewhere; the provider's name follows.
const EXTERNAL: &str = "external";

impl<'a> ServiceName<'a> {
    /// The service of a price id.
    #[must_use]
    pub fn of(price_id: &'a str) -> ServiceName<'a> {
        let mut segments = price_id.split('/');
        let segment = segments.next().unwrap_or(price_id);
        if segment == EXTERNAL {
            let provider = segments.next().unwrap_or(segment);
            let (category, subcategory) = OTHER;
            return ServiceName { name: provider, category, subcategory, provider, regional: false };
        }
        let known = SERVICES.binary_search_by(|(known, ..)| known.cmp(&segment)).ok();
        let (name, (category, subcategory)) = match known.and_then(|place| SERVICES.get(place)) {
            Some((_, name, categories)) => (*name, *categories),
            None => (segment, OTHER),
        };
        let regional = !AT_THE_EDGE.contains(&segment);
        ServiceName { name, category, subcategory, provider: AWS, regional }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_service_of_the_book_has_a_row() {
        let book = weigh_prices::book();
        let without: Vec<&str> = book
            .all_services()
            .into_iter()
            .filter(|segment| !SERVICES.iter().any(|row| row.0 == *segment))
            .collect();
        assert_eq!(without, Vec::<&str>::new());
    }

    #[test]
    fn the_rows_are_sorted_and_a_name_has_one_category() {
        assert!(SERVICES.is_sorted_by(|one, next| one.0 < next.0));
        for (_, name, categories) in SERVICES {
            let other = SERVICES.iter().find(|(_, other, of)| other == name && of != categories);
            assert_eq!(other, None, "FOCUS wants one category for a service");
        }
    }
}
