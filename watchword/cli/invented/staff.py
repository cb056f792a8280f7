# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's officers, with passphrases that everybody may know."""

from watchword.cli.founding_answers import Organisation, Person

EVERYWHERE = (
    Person("olha", "Olha M.", ("administrator",)),
    Person("petro", "Petro S.", ("administrator",)),
    Person("iryna", "Iryna V.", ("intake",)),
    Person("ada", "Ada K.", ("vetting",)),
    Person("danylo", "Danylo R.", ("vetting",)),
    Person("lesia", "Lesia F.", ("vetting",)),
    Person("sofia", "Sofia N.", ("screening",)),
    Person("stas", "Stas O.", ("screening",)),
    Person("ben", "Ben H.", ("board",)),
    Person("eva", "Eva T.", ("board",)),
    Person("ihor", "Ihor Z.", ("board",)),
    Person("nina", "Nina P.", ("board",)),
    # Others confirm a refusal, and others again decide on an appeal.
    Person("vira", "Vira D.", ("board",)),
    Person("hlib", "Hlib M.", ("board",)),
    Person("yana", "Yana O.", ("board",)),
    Person("zakhar", "Zakhar B.", ("board",)),
    Person("mila", "Mila S.", ("board",)),
    Person("roman", "Roman T.", ("board",)),
    Person("taisa", "Taisa H.", ("board",)),
    Person("luka", "Luka V.", ("board",)),
    Person("orest", "Orest W.", ("auditor",)),
)
# The demos that can be tried, and who works there besides.
STAFF = {
    "legion": (
        *EVERYWHERE,
        Person("marta", "Marta L.", ("examiner",)),
        Person("yurii", "Yurii B.", ("medical",)),
        Person("halyna", "Halyna P., Lviv", ("custodian-1",)),
        Person("jonas", "Jonas T., Vilnius", ("custodian-2",)),
        Person("katrin", "Katrin S., Tallinn", ("custodian-3",)),
        Person("milda", "Milda J., Kaunas", ("custodian-4",)),
        Person("tomasz", "Tomasz W., Kraków", ("custodian-5",)),
    ),
    "observers": (
        *EVERYWHERE,
        Person("tess", "Tess G.", ("training",)),
        Person("taras", "Taras C.", ("training",)),
        Person("halyna", "Halyna P., Lviv", ("custodian-1",)),
        Person("jonas", "Jonas T., Vilnius", ("custodian-2",)),
        Person("katrin", "Katrin S., Tallinn", ("custodian-3",)),
    ),
}


def passphrase_of(person: Person) -> str:
    """Printed at the start and shown on the log-in page: this protects nobody, and says so."""
    return f"{person.login} in the demo only"


def demo_organisation(gate_address: str, profile: str = "legion") -> Organisation:
    return Organisation("Free Harbour (demo)", profile, (gate_address,), STAFF[profile])
