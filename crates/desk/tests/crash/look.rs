//! A look past the desk: the store opened here, every page's bytes hashed anew, every row counted.

use crate::said::Seen;
use crate::station::Station;
use crate::worker::PASSWORD;
use domain::log::{Anchor, Walk};
use domain::outbox::OutboxState;
use domain::{Dossier, DossierId, FileHash, Form, Page, Status};
use protocol::{Acceptance, Command, CommandBody};
use std::collections::{BTreeMap, BTreeSet};
use store::tables::outbox::OutboxItem;
use store::tables::print_job::SheetKey;
use store::{Error, Store, Vault};

/// All there is of a dossier in the store.
struct Stored {
    dossier: Dossier,
    pages: Vec<Page>,
    sync: Option<OutboxItem>,
    prints: u32,
    folded: Option<Status>,
}

impl Station {
    /// Looks at what changed since the last look; with `whole`, at everything.
    pub(crate) fn look(&mut self, whole: bool) {
        let _alone = crate::role::no_spawning();
        let ids: Vec<DossierId> =
            if whole { self.witness.dossiers.keys().copied().collect() } else { self.witness.unlooked() };
        let vault = match Vault::open(&self.data) {
            Ok(vault) => vault,
            Err(error) => return self.witness.broken(format!("the folder does not open: {error:?}")),
        };
        let opened = match &self.key {
            Some(key) => vault.store(key),
            None => vault.unlock("clerk", PASSWORD).and_then(|key| {
                self.key = Some(key.clone());
                vault.store(&key)
            }),
        };
        let store = match opened {
            Ok(store) => store,
            Err(error) => return self.witness.broken(format!("the store does not open: {error:?}")),
        };
        let mut read = BTreeSet::new();
        for id in ids {
            self.look_at(&store, id, &mut read);
        }
        if whole && let Err(error) = self.look_at_all(&store) {
            self.witness.broken(format!("the store does not read: {error:?}"));
        }
    }

    fn look_at(&mut self, store: &Store, id: DossierId, read: &mut BTreeSet<FileHash>) {
        let stored = match stored(store, id) {
            Ok(Some(stored)) => stored,
            Ok(None) => return self.witness.lost(format!("dossier {id} is gone")),
            Err(error) => return self.witness.lost(format!("dossier {id} does not read: {error:?}")),
        };
        let Stored { dossier, pages, sync, prints, folded } = &stored;
        self.witness.observe(&Seen::stored(dossier, pages, sync.as_ref().map(|item| item.state)), "in the store");
        for page in pages {
            match self.witness.whence.get(&page.id) {
                Some((sha, index)) if (*sha, *index) == (page.file, page.file_index) => {}
                whence => {
                    self.witness.lost(format!("page {} is not what was handed in: {whence:?}, {page:?}", page.id));
                }
            }
            self.look_at_file(store, page.file, read);
        }
        for made in dossier.components.iter().filter_map(|component| component.digitized.as_ref()) {
            self.look_at_file(store, made.file, read);
        }
        if dossier.status == Status::Received {
            self.look_at_acceptance(&stored);
        }
        if *folded != Some(dossier.status) {
            self.witness.broken(format!("{id} is {:?} and its events make {folded:?}", dossier.status));
        }
        if sync.as_ref().is_some_and(|item| item.state == OutboxState::Blocked) {
            self.witness.broken(format!("{id} was refused by the central system: {sync:?}"));
        }
        if let Some(known) = self.witness.dossiers.get_mut(&id) {
            let (told, maybe) = (known.prints, std::mem::take(&mut known.maybe_prints));
            known.prints = *prints;
            if *prints < told {
                self.witness.lost(format!("{id}: {prints} prints, {told} were told"));
            } else if *prints > told + maybe {
                self.witness.doubled(format!("{id}: {prints} prints, {told} and perhaps {maybe} more were told"));
            }
        }
        self.witness.looked_at(id);
    }

    /// The bytes of a file, read back through the encryption.
    fn look_at_file(&mut self, store: &Store, file: FileHash, read: &mut BTreeSet<FileHash>) {
        if !read.insert(file) {
            return;
        }
        match store.file(&file) {
            Ok(bytes) if FileHash::of(&bytes) == file => {}
            Ok(_) => self.witness.lost(format!("file {file} holds other bytes")),
            Err(error) => self.witness.lost(format!("file {file} does not read: {error:?}")),
        }
    }

    /// What was accepted is digitized as it was accepted, and where the proof is there, the central system has it.
    fn look_at_acceptance(&mut self, stored: &Stored) {
        let Stored { dossier, pages, sync, .. } = stored;
        for component in &dossier.components {
            let kept = pages
                .iter()
                .filter(|page| page.component == component.index && page.disposition == domain::Disposition::Kept);
            let made_of = domain::dossier::page_list_hash(kept.clone());
            let whole = match &component.digitized {
                Some(made) => made.made_of == made_of,
                None => kept.count() == 0,
            };
            if !whole {
                self.witness.broken(format!("{}: a component's PDF is not made of its pages", dossier.id));
            }
            let sent = sync.as_ref().is_some_and(|item| item.state == OutboxState::Accepted);
            if let (Some(made), true) = (&component.digitized, sent)
                && !self.capital.holds(&made.file)
            {
                self.witness.lost(format!("{}: the central system proved a file that it has not", dossier.id));
            }
        }
    }

    fn look_at_all(&mut self, store: &Store) -> Result<(), Error> {
        self.look_for_strangers(store)?;
        self.look_at_outbox(store)?;
        let check = store.read(|r| -> Result<_, Error> {
            let mut anchors = Vec::new();
            r.acceptances(|json| {
                let head = serde_json::from_str::<Acceptance>(json).ok().and_then(|acceptance| acceptance.log);
                anchors.extend(head.map(|head| Anchor { n: head.n, hash: head.hash }));
            })?;
            let mut walk = Walk::against(anchors);
            r.audit(|entry| -> Result<(), Error> {
                walk.step(&entry);
                Ok(())
            })?;
            Ok(walk.end())
        })?;
        if check.first_broken.is_some() {
            self.witness.broken(format!("the log's chain is broken: {check:?}"));
        }
        if !store.is_whole()? {
            self.witness.broken("the database is not whole");
        }
        self.look_at_files(store);
        Ok(())
    }

    /// Dossiers that are there although nobody was told of them, beyond those whose opening was cut off.
    fn look_for_strangers(&mut self, store: &Store) -> Result<(), Error> {
        let lines = store.read(|r| r.search_dossiers("", u32::MAX))?;
        for line in lines {
            if !self.witness.dossiers.contains_key(&line.id) {
                self.witness.stranger(line.id);
                self.look_at(store, line.id, &mut BTreeSet::new());
            }
        }
        Ok(())
    }

    /// One row for each acceptance, codes that are nobody else's, numbers without a gap.
    fn look_at_outbox(&mut self, store: &Store) -> Result<(), Error> {
        let items = store.read(|r| r.outbox(u32::MAX))?;
        let mut numbers: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let (mut dossiers, mut codes) = (BTreeSet::new(), BTreeSet::new());
        for item in &items {
            if !dossiers.insert(item.dossier) {
                self.witness.doubled(format!("two outbox rows for {}", item.dossier));
            }
            let body = store.read(|r| r.outbox_body(item.id))?.unwrap_or_default();
            let Ok(Command { body: CommandBody::DossierReceived(sent), .. }) = serde_json::from_slice(&body) else {
                self.witness.lost(format!("the outbox row of {} does not read", item.dossier));
                continue;
            };
            let code = sent.code.to_string();
            if let Some((stem, number)) = code.rsplit_once('-') {
                numbers.entry(stem.to_owned()).or_default().extend(number.parse::<u32>());
            }
            if !codes.insert(code.clone()) {
                self.witness.doubled(format!("two dossiers were given {code}"));
            }
        }
        for (id, known) in &self.witness.dossiers {
            if (known.told.status == Status::Received) != dossiers.contains(id) {
                let what = format!("{id} is {:?}, its outbox row is not so", known.told.status);
                self.witness.findings.push(crate::witness::Finding::Lost(what));
            }
        }
        for (stem, mut numbers) in numbers {
            numbers.sort_unstable();
            // A block is 500 numbers; a new one begins where the central system says.
            let gap = numbers.windows(2).find(|pair| pair[1] != pair[0] + 1 && pair[1] % 500 != 1);
            if let Some(gap) = gap {
                self.witness.lost(format!("no dossier has the numbers of {stem} between {gap:?}"));
            }
        }
        let (accepted, rows) =
            (items.iter().filter(|item| item.state == OutboxState::Accepted).count() as u64, items.len() as u64);
        let stats = self.capital.open().stats().map_err(|error| Error::Damaged(error.to_string()))?;
        if stats.dossiers < accepted {
            self.witness.lost(format!("{accepted} were proven, the central system has {}", stats.dossiers));
        } else if stats.dossiers > rows {
            self.witness.doubled(format!("{rows} were accepted here, the central system has {}", stats.dossiers));
        }
        Ok(())
    }

    /// Whatever lies under a page's name is whole, whether a row names it or not (T-05); nothing half lies elsewhere.
    fn look_at_files(&mut self, store: &Store) {
        let folders = std::fs::read_dir(self.data.join("files")).into_iter().flatten().flatten();
        for folder in folders {
            for file in std::fs::read_dir(folder.path()).into_iter().flatten().flatten() {
                let name = file.file_name().to_string_lossy().into_owned();
                match name.parse::<FileHash>() {
                    Ok(hash) if self.rotten.contains(&hash) || store.file(&hash).is_ok() => {}
                    _ => self.witness.broken(format!("half a file: {}", file.path().display())),
                }
            }
        }
    }
}

fn stored(store: &Store, id: DossierId) -> Result<Option<Stored>, Error> {
    store.read(|r| {
        let Some(dossier) = r.dossier(id)? else { return Ok(None) };
        let events = r.events(id)?;
        Ok(Some(Stored {
            pages: r.pages(id)?,
            sync: r.outbox_of(id)?,
            prints: r.count_prints(&SheetKey { form: Form::Receipt, dossier: Some(id), subject: String::new() })?,
            folded: domain::status::fold(events.iter().map(|event| event.kind)).ok(),
            dossier,
        }))
    })
}
