//! Two months side by side, as a table for programs.

use super::{MonthAmountReport, MonthChargeReport, MonthComparisonReport, MonthGroupReport};
use crate::report::{GroupBy, Sheet};

impl MonthComparisonReport {
    /// The charges of both months as a table for programs, group by group when they are grouped; no row when there is no
    /// bill. What only one month has is empty in the other.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let columns = vec![
            "component",
            "service",
            "tag",
            "environment",
            "description",
            "part",
            "unit",
            "average_hours",
            "calendar_month",
            "calendar_hours",
            "average_quantity",
            "calendar_quantity",
            "average_rate_usd",
            "calendar_rate_usd",
            "average_cost_usd",
            "calendar_cost_usd",
            "difference_usd",
            "reason",
            "reason_difference_usd",
            "further_reason",
            "further_difference_usd",
            "because",
            "price_id",
        ];
        let places: Vec<usize> = match self.groups.is_empty() {
            true => (0..self.charges.len()).collect(),
            false => self.groups.iter().flat_map(|group| group.charges.iter().copied()).collect(),
        };
        let rows = places.into_iter().filter_map(|place| Some(self.values(place, self.charges.get(place)?)));
        Sheet { columns, rows: rows.collect() }
    }

    /// A charge as a row of the sheet.
    fn values(&self, place: usize, charge: &MonthChargeReport) -> Vec<String> {
        let is_in = |group: &&MonthGroupReport| group.charges.contains(&place);
        let names =
            GroupBy::ALL.map(|by| self.totals.by(by).iter().find(is_in).map(|group| group.name.clone()));
        let sides = [&charge.average, &charge.calendar];
        let each = |pick: fn(&MonthAmountReport) -> &String| {
            sides.map(|side| side.as_ref().map(pick).cloned().unwrap_or_default())
        };
        let reason = |at: usize| {
            let known = charge.reasons.get(at);
            let amount = known.map(|each| each.difference.clone()).unwrap_or_default();
            [known.map(|each| each.reason.to_owned()).unwrap_or_default(), amount]
        };
        let because: Vec<&str> = charge.reasons.iter().map(|each| each.because.as_str()).collect();
        let mut values: Vec<String> = names.into_iter().map(Option::unwrap_or_default).collect();
        values.extend([charge.description.clone(), charge.part.clone(), charge.unit.to_owned()]);
        values.push(self.average.hours.to_string());
        values.extend([self.calendar.month.clone(), self.calendar.hours.to_string()]);
        values.extend(each(|amount| &amount.quantity));
        values.extend(each(|amount| &amount.rate));
        values.extend(each(|amount| &amount.cost));
        values.push(charge.difference.clone());
        values.extend(reason(0));
        values.extend(reason(1));
        values.extend([because.join("; "), charge.price_id.clone()]);
        values
    }
}
