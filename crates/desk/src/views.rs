//! From what is kept to what is shown.

use crate::fault::Error;
use crate::station::Desk;
use crate::view::{
    ApplicantForm, CaseView, ChangedView, ComponentView, DayView, DossierView, DueView, OutboxItemView, PageAccount,
    PageView, ProcedureView, StaffView, StageView, WaitsView,
};
use chrono::{DateTime, FixedOffset, SecondsFormat};
use domain::citizen_card::{CardWarning, typed_warnings};
use domain::outbox::OutboxState;
use domain::{
    Applicant, Disposition, Dossier, DossierId, Event, Page, PageSource, PartyKind, Procedure, Staff, Status,
};
use store::tables::outbox::OutboxItem;

impl Desk {
    /// A time on the counter's clock, as RFC 3339.
    pub(crate) fn shown(&self, time: DateTime<FixedOffset>) -> String {
        time.with_timezone(&self.calendar.offset()).to_rfc3339_opts(SecondsFormat::Secs, false)
    }

    pub(crate) fn dossier_view(&self, id: DossierId) -> Result<DossierView, Error> {
        let (dossier, pages, item, log, history, visit, twice, names, counted) =
            self.store()?.read(|r| -> Result<_, Error> {
                let (dossier, log) = (r.dossier(id)?.ok_or(Error::DossierNotFound)?, r.events(id)?);
                let history = self.history(r, &log)?;
                let names = crate::checklist::names(r, &dossier)?;
                let visit = self.visit_view(r, &dossier)?;
                let draft = dossier.status == Status::Draft;
                let twice = if draft { self.handed_in_lately(r, &dossier)? } else { Vec::new() };
                let counted = Self::stacks_counted(r, id)?;
                let pages = r.pages(id)?;
                Ok((dossier, pages, r.outbox_of(id)?, log, history, visit, twice, names, counted))
            })?;
        let kept = |component: u32| crate::digitize::kept(&pages, component).count();
        let draft = dossier.status == Status::Draft;
        let ticket = self.ticket_of(id)?;
        Ok(DossierView {
            id,
            ticket,
            code: dossier.code.as_ref().map(ToString::to_string),
            provisional: dossier.provisional,
            status: dossier.status,
            channel: dossier.channel,
            applicant: form(&dossier.applicant),
            representative: dossier.representative.as_ref().map(crate::applicant::representative_view),
            party_warnings: domain::party::warnings(
                &dossier.applicant,
                dossier.representative.as_ref(),
                dossier.received_at.unwrap_or_else(|| self.now()).date_naive(),
            ),
            from_card: dossier.applicant.from_card,
            warnings: warnings(&dossier.applicant),
            procedure: dossier.procedure.as_ref().map(procedure),
            case: dossier.case.clone(),
            components: components(&dossier, &pages, |check| {
                crate::checklist::shown(check, self.shown(check.at), &names)
            }),
            note: dossier.note.clone(),
            fields: fields(&dossier),
            opened_at: self.shown(dossier.opened_at),
            received_at: dossier.received_at.map(|time| self.shown(time)),
            due: self.due(&dossier, &log),
            obstacles: if draft {
                [dossier.obstacles(kept), self.stack_obstacles(&counted, &dossier)].concat()
            } else {
                Vec::new()
            },
            lacking: crate::checklist::lacking(&dossier, &pages),
            pages: account(&pages),
            stacks: self.stack_views(&counted, &dossier),
            sync: item.map(|item| self.outbox_view(&item, &dossier)),
            history,
            moves: self.moves(&log),
            visit,
            duplicates: twice.into_iter().map(|line| self.row(line)).collect(),
            twins: self.twins(&dossier),
            identity: self.identity_views(&dossier)?,
        })
    }

    /// The appointment, or for a draft the one it would get now.
    fn due(&self, dossier: &Dossier, log: &[Event]) -> Option<DueView> {
        let (calendars, case) = (self.calendars(), dossier.chosen_case());
        let calendar = calendars.of_dossier(dossier);
        let preview = || case?.term()?.deadline(self.now(), calendar).ok();
        let deadline = dossier.deadline.clone().or_else(preview)?;
        let agency = calendars.agency_of(dossier);
        let kinds: Vec<_> = log.iter().map(|event| event.kind).collect();
        let open = domain::status::allowed(&kinds).contains(&domain::EventKind::Appointed);
        let by_hand =
            domain::status::effective(log).into_iter().filter(|event| event.kind == domain::EventKind::Appointed);
        let day = |day: &domain::deadline::DayLine| DayView {
            date: day.date.to_string(),
            kind: day.kind,
            minutes: day.minutes,
            note: day.note.clone(),
            nth: day.nth,
            why: day.why.clone(),
        };
        let stage = |stage: &domain::deadline::StageDue| StageView {
            name: stage.name.clone(),
            unit: stage.unit.clone(),
            limit_text: stage.limit.words(),
            due: self.shown(stage.due),
        };
        let changed = |changed: &domain::deadline::Changed| ChangedView {
            kind: changed.kind,
            before: self.shown(changed.before),
            reason: changed.reason.clone(),
            at: self.shown(changed.at),
        };
        Some(DueView {
            due: self.shown(deadline.due),
            days: deadline.days.iter().map(day).collect(),
            confirmed: deadline.is_settled(dossier.received_at.unwrap_or_else(|| self.now()), calendar),
            limit_text: case.map(|case| case.limit_text.clone()).unwrap_or_default(),
            cut_off: calendar.cut_off().format("%H:%M").to_string(),
            agency: agency.map(|agency| agency.name.clone()),
            stages: deadline.stages.iter().map(stage).collect(),
            changed: deadline.changed.as_ref().map(changed),
            reappointed: u32::try_from(by_hand.count()).unwrap_or(u32::MAX),
            late_to_put_off: deadline.is_late_to_put_off(self.now()),
            may_appoint: open && self.require(domain::Right::Appoint).is_ok(),
            waits: self.waits(dossier, log),
        })
    }

    fn waits(&self, dossier: &Dossier, log: &[Event]) -> Option<WaitsView> {
        let found = self.appointments(dossier, log)?.ok().filter(|found| found.waited)?;
        Some(WaitsView {
            rule: self.supplement_rule().ok()?,
            restarted: self.shown(found.restarted.due),
            added_back: self.shown(found.added_back.due),
            measured: self.shown(found.measured.due),
            requests: found.requests,
            since: found.waiting_since.map(|since| self.shown(since)),
        })
    }

    pub(crate) fn outbox_view(&self, item: &OutboxItem, dossier: &Dossier) -> OutboxItemView {
        let reason = if item.state == OutboxState::Accepted { None } else { self.fault_sentence(item) };
        OutboxItemView {
            id: item.id,
            dossier: item.dossier,
            code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
            applicant: dossier.applicant.name.clone(),
            state: item.state,
            attempts: item.attempts,
            next: item.next.map(|next| self.shown(next)),
            reason,
            created_at: self.shown(item.created_at),
            accepted_at: item.accepted_at.map(|at| self.shown(at)),
            twins: self.twins(dossier),
        }
    }
}

/// A member of staff, as shown.
pub(crate) fn staff(staff: &Staff) -> StaffView {
    StaffView { login: staff.login.clone(), name: staff.name.clone(), role: staff.role }
}

/// A page, as shown.
pub(crate) fn page(page: &Page) -> PageView {
    PageView {
        id: page.id,
        disposition: page.disposition,
        aside: page.aside,
        stack: page.stack,
        width: page.width,
        height: page.height,
        dpi: page.dpi,
        edit: page.edit.clone(),
        warnings: page.found.warnings.clone(),
        media: page.media,
        reused: matches!(page.source, PageSource::Reused { .. }),
        source: match &page.source {
            PageSource::Scanner { device } => device.clone(),
            PageSource::File { name } => name.clone(),
            PageSource::Phone => "phone".to_owned(),
            PageSource::Reused { code, .. } => code.clone(),
        },
    }
}

/// An applicant, as the form holds it.
pub(crate) fn form(applicant: &Applicant) -> ApplicantForm {
    ApplicantForm {
        kind: applicant.kind,
        tax_code: applicant.tax_code.clone(),
        id_number: applicant.id_number.clone(),
        name: applicant.name.clone(),
        birth_date: applicant.birth_date.map(|date| date.to_string()),
        sex: applicant.sex,
        address: applicant.address.clone(),
        phone: applicant.phone.clone(),
        email: applicant.email.clone(),
    }
}

/// What does not fit in the number that stands for the owner; a household business goes by a person's (D§6.4).
fn warnings(applicant: &Applicant) -> Vec<CardWarning> {
    match applicant.kind {
        PartyKind::Person => typed_warnings(&applicant.id_number, applicant.birth_date, applicant.sex),
        PartyKind::Organization if applicant.tax_code.len() == 12 => typed_warnings(&applicant.tax_code, None, None),
        PartyKind::Organization => Vec::new(),
    }
}

fn procedure(procedure: &Procedure) -> ProcedureView {
    let case = |case: &domain::procedure::Case| CaseView {
        id: case.id.clone(),
        name: case.name.clone(),
        limit_text: case.limit_text.clone(),
        fee_text: case.fee_text.clone(),
    };
    ProcedureView {
        code: procedure.code.clone(),
        name: procedure.name.clone(),
        field: procedure.field.clone(),
        cases: procedure.cases.iter().map(case).collect(),
    }
}

fn components(
    dossier: &Dossier,
    pages: &[Page],
    check: impl Fn(&domain::PaperCheck) -> crate::view::PaperCheckView,
) -> Vec<ComponentView> {
    let view = |component: &domain::Component| {
        let made_of = domain::dossier::page_list_hash(crate::digitize::kept(pages, component.index));
        let aside =
            pages.iter().filter(|page| page.component == component.index && page.disposition == Disposition::SetAside);
        ComponentView {
            index: component.index,
            name: component.name.clone(),
            handling: component.handling,
            required: component.required,
            originals: component.originals,
            copies: component.copies,
            certified: component.certified,
            pages: crate::digitize::kept(pages, component.index).chain(aside).map(page).collect(),
            digitized: component.digitized.as_ref().is_some_and(|digitized| digitized.made_of == made_of),
            check: component.check.as_ref().map(&check),
        }
    };
    dossier.components.iter().map(view).collect()
}

fn account(pages: &[Page]) -> PageAccount {
    let count = |disposition| {
        u32::try_from(pages.iter().filter(|page| page.disposition == disposition).count()).unwrap_or_default()
    };
    let (kept, set_aside) = (count(Disposition::Kept), count(Disposition::SetAside));
    PageAccount { received: kept + set_aside, kept, set_aside }
}

fn fields(dossier: &Dossier) -> Vec<crate::view::FieldView> {
    let shown = |asked: domain::asked::Asked<'_>| crate::view::FieldView {
        key: asked.spec.key.clone(),
        label: asked.spec.label.clone(),
        kind: asked.spec.kind,
        options: asked.spec.options.clone(),
        required: asked.spec.required,
        value: asked.value.to_owned(),
        warning: asked.warning,
    };
    dossier.asked().into_iter().map(shown).collect()
}
