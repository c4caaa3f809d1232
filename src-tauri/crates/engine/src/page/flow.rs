//! Departments in the order in which an order passes them: the order in which screens list the parts of a number.

use plaza_domain::department::{Department, DepartmentId};

use crate::error::Result;
use crate::integration::{Integration, RouteTable};
use crate::workspace::Workspace;

/// All departments: who promises, then the owners of the legs, by the routes of the integrations in use; then those
/// that no route passes, by name.
///
/// # Errors
/// What the ledger says.
pub(crate) fn departments_in_flow(workspace: &Workspace) -> Result<Vec<Department>> {
    let (departments, integrations) =
        workspace.view(|view| Ok((view.departments()?, view.integrations()?)))?;
    let routes: Vec<RouteTable> = integrations
        .into_iter()
        .filter(|known| known.retired.is_none())
        // One that a newer Plaza saved has its say there.
        .filter_map(|known| Integration::from_toml(&known.current.toml).ok())
        .map(|integration| integration.route)
        .collect();
    Ok(in_flow(departments, &routes))
}

fn in_flow(mut departments: Vec<Department>, routes: &[RouteTable]) -> Vec<Department> {
    let passed: Vec<&str> = routes.iter().flat_map(passes).collect();
    let place = |id: &DepartmentId| passed.iter().position(|passed| *passed == id.as_str());
    departments.sort_by_cached_key(|department| {
        let place = place(&department.id);
        (place.unwrap_or(usize::MAX), department.name.to_lowercase(), department.id.clone())
    });
    departments
}

/// Whom an order passes on a route.
fn passes(route: &RouteTable) -> impl Iterator<Item = &str> {
    std::iter::once(route.promised_by.as_str()).chain(route.legs.iter().map(|leg| leg.department.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn department(id: &str, name: &str) -> Department {
        Department {
            id: id.parse().unwrap(),
            name: name.to_owned(),
            letter: String::new(),
            slot: 0,
            active: true,
        }
    }

    fn route(promised_by: &str, legs: &[(&str, &str)]) -> RouteTable {
        let legs: String = legs
            .iter()
            .map(|(to, department)| format!("{{ to = \"{to}\", department = \"{department}\" }},"))
            .collect();
        toml::from_str(&format!("promised_by = \"{promised_by}\"\nlegs = [{legs}]")).unwrap()
    }

    #[test]
    fn they_stand_in_the_order_in_which_an_order_passes_them_and_the_others_by_name() {
        let all = || {
            ["finance", "legal", "logistics", "production", "quality", "sales"]
                .map(|id| department(id, if id == "legal" { "Recht" } else { id }))
                .to_vec()
        };
        let ids = |routes: &[RouteTable]| -> Vec<String> {
            in_flow(all(), routes).into_iter().map(|one| one.id.to_string()).collect()
        };
        let made = route(
            "sales",
            &[
                ("confirmed", "sales"),
                ("produced", "production"),
                ("shipped", "logistics"),
                ("delivered", "logistics"),
                ("invoiced", "finance"),
            ],
        );
        let by_flow = ["sales", "production", "logistics", "finance", "quality", "legal"];
        assert_eq!(ids(std::slice::from_ref(&made)), by_flow);
        let traded = route("sales", &[("shipped", "quality"), ("delivered", "logistics")]);
        let both = ["sales", "production", "logistics", "finance", "quality", "legal"];
        assert_eq!(ids(&[made, traded.clone()]), both, "the first route says first");
        assert_eq!(ids(&[traded]), ["sales", "quality", "logistics", "finance", "production", "legal"]);
        assert_eq!(ids(&[]), ["finance", "logistics", "production", "quality", "legal", "sales"]);
    }
}
