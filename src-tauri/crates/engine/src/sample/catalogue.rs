//! Names: departments, people, customers and products of the sample company.

/// A department of the sample company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleDepartment {
    /// Its id.
    pub id: &'static str,
    /// Its name in English, German and Spanish.
    pub names: [&'static str; 3],
}

/// The departments in the order of the flow: their colours are given in this order.
pub const DEPARTMENTS: [SampleDepartment; 4] = [
    SampleDepartment { id: "sales", names: ["Sales", "Vertrieb", "Ventas"] },
    SampleDepartment { id: "production", names: ["Production", "Produktion", "Producción"] },
    SampleDepartment { id: "logistics", names: ["Logistics", "Logistik", "Logística"] },
    SampleDepartment { id: "finance", names: ["Finance", "Finanzen", "Finanzas"] },
];

/// A person of the sample company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SamplePerson {
    /// Name.
    pub name: &'static str,
    /// Department's id.
    pub department: &'static str,
    /// Roles.
    pub roles: &'static [&'static str],
    /// Weeks before the last export when they left; they stay readable.
    pub left_weeks_ago: Option<i32>,
}

const fn person(
    name: &'static str,
    department: &'static str,
    roles: &'static [&'static str],
) -> SamplePerson {
    SamplePerson { name, department, roles, left_weeks_ago: None }
}

/// The people, heads first.
pub const PEOPLE: [SamplePerson; 17] = [
    person("Clara Winter", "sales", &["head", "facilitator"]),
    person("Jonas Bergmann", "production", &["head"]),
    person("Ines Moreno", "logistics", &["head", "facilitator"]),
    person("Henrik Aas", "finance", &["head", "keeper"]),
    person("Mira Okafor", "sales", &["member"]),
    person("Tom Lindqvist", "sales", &["member"]),
    person("Paula Reyes", "sales", &["member", "integration-owner"]),
    person("Stefan Kowalski", "production", &["member"]),
    person("Aylin Demir", "production", &["member", "integration-owner"]),
    person("Georg Thiele", "production", &["member"]),
    person("Lena Hoffmann", "production", &["facilitator"]),
    person("Rafael Costa", "logistics", &["member"]),
    person("Britta Sørensen", "logistics", &["member", "integration-owner"]),
    person("Noor van Dijk", "logistics", &["member"]),
    person("Daniel Fischer", "finance", &["member", "integration-owner"]),
    person("Sofia Almeida", "finance", &["facilitator"]),
    SamplePerson {
        name: "Wolfgang Peters",
        department: "logistics",
        roles: &["head"],
        left_weeks_ago: Some(22),
    },
];

/// Customers with how often they order, per mille of all lines together.
pub(super) const CUSTOMERS: [(&str, u32); 36] = [
    ("Alster Wasserwerke", 92),
    ("Hydra Nord", 78),
    ("Baltic Chemicals", 70),
    ("Küstenmühlen AG", 61),
    ("Vester Energi", 55),
    ("Brauerei Holm", 48),
    ("Norddeutsche Papier", 44),
    ("Aquafaro", 40),
    ("Lübeck Shipyards", 36),
    ("Molenaar Pompen", 34),
    ("Sanitas Kliniken", 31),
    ("Öresund Fjernvarme", 29),
    ("Rioja Vinícola", 27),
    ("Ferrum Stahl", 26),
    ("Deichverband Mitte", 24),
    ("Bodega del Sur", 23),
    ("Grünland Molkerei", 22),
    ("Skagen Seafood", 21),
    ("Tierpark Hagen", 20),
    ("Ziegelei Brandt", 19),
    ("Harzquell", 18),
    ("Porto Salinas", 17),
    ("Weserkraft", 17),
    ("Jutland Biogas", 16),
    ("Klärwerk Ost", 15),
    ("Papelera Norte", 15),
    ("Stadtwerke Emden", 14),
    ("Fjordkraft", 13),
    ("Sierra Minera", 12),
    ("Glashütte Ilm", 11),
    ("Hansa Feuerwehr", 10),
    ("Delta Greenhouses", 10),
    ("Campo Verde", 9),
    ("Bäderbetriebe Kiel", 8),
    ("Inselfähren", 8),
    ("Moorhof", 7),
];

/// A product: number, group, price in cents, and how often it is ordered among the products, per mille.
pub(super) struct Product {
    pub(super) number: &'static str,
    pub(super) group: Group,
    pub(super) price_cents: i64,
    pub(super) weight: u32,
}

/// A product group with lead times of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Small pumps, made in series.
    Aurora,
    /// Large pumps, tested one by one.
    Borealis,
    /// Spare parts from the shelf.
    Spares,
    /// Pumps after drawing.
    Custom,
    /// Spare parts that the on-call service brings while the house is closed.
    OnCall,
}

impl Group {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Aurora => "Aurora",
            Self::Borealis => "Borealis",
            Self::Spares => "Spares",
            Self::Custom => "Custom",
            Self::OnCall => "On call",
        }
    }

    /// Standard working days to confirm, produce, ship, deliver, invoice, pay.
    pub(super) const fn standard(self) -> [i32; 6] {
        match self {
            Self::Aurora => [1, 6, 2, 2, 3, 22],
            Self::Borealis => [2, 11, 2, 3, 3, 22],
            Self::Spares => [1, 1, 1, 2, 3, 22],
            Self::Custom => [3, 18, 2, 3, 3, 22],
            // Promised by the hour: no plan of days applies.
            Self::OnCall => [0, 0, 0, 0, 3, 22],
        }
    }
}

const fn product(number: &'static str, group: Group, price_cents: i64, weight: u32) -> Product {
    Product { number, group, price_cents, weight }
}

/// The products; the last one is the on-call service's.
pub(super) const PRODUCTS: [Product; 21] = [
    product("AU-20", Group::Aurora, 41_900, 120),
    product("AU-25", Group::Aurora, 48_500, 110),
    product("AU-32", Group::Aurora, 56_200, 90),
    product("AU-40", Group::Aurora, 71_000, 70),
    product("AU-50", Group::Aurora, 88_400, 50),
    product("BO-100", Group::Borealis, 312_000, 80),
    product("BO-125", Group::Borealis, 389_000, 60),
    product("BO-150", Group::Borealis, 455_500, 50),
    product("BO-200", Group::Borealis, 612_000, 30),
    product("SP-SEAL-20", Group::Spares, 2_450, 70),
    product("SP-SEAL-40", Group::Spares, 3_980, 50),
    product("SP-BEAR-6", Group::Spares, 5_600, 45),
    product("SP-IMP-25", Group::Spares, 12_900, 40),
    product("SP-IMP-50", Group::Spares, 18_700, 30),
    product("SP-MOT-3", Group::Spares, 34_900, 25),
    product("SP-GASK", Group::Spares, 890, 40),
    product("CU-ACID", Group::Custom, 845_000, 14),
    product("CU-FOOD", Group::Custom, 720_000, 12),
    product("CU-SHIP", Group::Custom, 990_000, 8),
    product("CU-FIRE", Group::Custom, 655_000, 6),
    product("SP-ONCALL", Group::OnCall, 42_000, 0),
];

/// Customers in the south, whose carrier changed.
pub(super) fn is_south(customer: usize) -> bool {
    matches!(customer % 3, 1)
}
