"""Cuts the frozen book of the documents' scenarios out of a price book: python3 cut.py PRICING_DATA OUT.

Three regions, what is global, and of instance, database and cache types those that the scenarios name or may choose.
"""
import csv, pathlib, re, shutil, sys

REGIONS = ["us-east-1", "eu-west-1", "ap-south-1"]
TYPES = """t3.nano t3.micro t3.small t3.medium t3.large t3.xlarge t4g.small t4g.medium t4g.large m5.large m6i.large
m6i.xlarge c5.large c6i.large m7g.large g4dn.xlarge g5.xlarge r6i.large""".split()
FAMILIES = ("t3.", "t4g.")          # of databases and cache nodes
BULK = {"ec2", "ec2-reserved", "spot-advisor", "compute-savings-plan", "rds", "elasticache"}


def wanted(price_id):
    """Whether a price is of a type in the cut, or of no type at all."""
    named = re.findall(r"(?:^|/)((?:db\.|cache\.)?[a-z][a-z0-9-]*\.[a-z0-9-]+)(?=/|$)", price_id)
    for name in named:
        bare = re.sub(r"^(db|cache)\.", "", name)
        kept = bare.startswith(FAMILIES) if bare != name else bare in TYPES
        if not kept:
            return False
    return True


def copy(source, target, keep=lambda row: True):
    rows = list(csv.reader(source.open()))
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(rows[0])
        writer.writerows(row for row in rows[1:] if keep(row))


def main(book, out):
    book, out = pathlib.Path(book) / "aws", pathlib.Path(out) / "aws"
    shutil.rmtree(out, ignore_errors=True)
    for path in sorted(book.rglob("*.csv")):
        inside = path.relative_to(book)
        region = inside.parts[0]
        if len(inside.parts) > 1 and region not in REGIONS + ["global", "shapes", "traits"]:
            continue
        if region in REGIONS and path.stem in BULK:
            copy(path, out / inside, lambda row: wanted(row[0]))
        elif inside.parts[-1] == "ec2-instance-types.csv":
            copy(path, out / inside, lambda row: row[0] in TYPES)
        elif inside.parts[-1] == "regions.csv":
            copy(path, out / inside, lambda row: row[0] in REGIONS + ["global"])
        elif inside.parts[-1] == "gaps.csv":
            continue
        elif inside.parts[-1] == "lambda-runtimes.csv":
            copy(path, out / inside, lambda row: row[0].startswith(("python3.1", "nodejs22")))
        else:
            copy(path, out / inside)


main(*sys.argv[1:])
