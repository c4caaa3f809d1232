//! The sources that speak of one integration's orders, in the order in which they are believed.

use std::collections::BTreeMap;

use plaza_domain::event::IntegrationId;
use plaza_domain::journey::truth::{HOME, Truth, Voice, statement};
use plaza_store::intake::{StreamRow, View};

use crate::error::Result;
use crate::hand;
use crate::integration::Integration;
use crate::journey::key::OrderKey;
use crate::workspace::Workspace;

/// A source of an integration's journeys besides the integration itself.
#[derive(Clone, Debug)]
pub(crate) struct Speaker {
    /// How its rows are read.
    pub integration: Integration,
    /// What people entered, where no system could say it.
    pub is_by_hand: bool,
}

/// The sources that speak of an integration's orders besides itself: other integrations in use, by their ids, then what
/// was entered by hand.
pub(crate) fn speakers(workspace: &Workspace, home: &Integration) -> Result<Vec<Speaker>> {
    let mut speakers = Vec::new();
    if home.orders_of.is_some() {
        return Ok(speakers);
    }
    for saved in workspace.view(|view| view.integrations())? {
        // One whose text cannot be read says nothing; its own page tells that.
        let Ok(integration) = Integration::from_toml(&saved.current.toml) else { continue };
        if saved.retired.is_none() && integration.orders_of.as_deref() == Some(home.id.as_str()) {
            speakers.push(Speaker { integration, is_by_hand: false });
        }
    }
    speakers.sort_by(|one, other| one.integration.id.cmp(&other.integration.id));
    if workspace.view(|view| view.hand_entries(&home.id.as_str().into()))?.is_empty() {
        return Ok(speakers);
    }
    speakers.push(Speaker { integration: hand::definition(workspace, home), is_by_hand: true });
    Ok(speakers)
}

/// Who speaks in which stream, and who is believed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Voices {
    /// Numbers of all streams: the home's in its order, then the others'.
    pub streams: Vec<i64>,
    /// Whose each stream is, by its place among `streams`.
    pub of_place: Vec<Voice>,
    /// The integrations' numbers, by voice.
    pub integrations: Vec<i64>,
    /// Who is believed, by field.
    pub truth: Truth,
    /// The voice of what was entered by hand, where anything was.
    pub by_hand: Option<Voice>,
    /// Statements (bits by field) of what was entered by hand that count against the systems' word, by order line.
    pub kept_by_hand: BTreeMap<i64, u64>,
}

impl Voices {
    /// Gathers them for an integration as its definition has its streams, with its number; nothing where it never landed
    /// anything.
    pub(crate) fn of_home(
        workspace: &Workspace,
        view: View<'_>,
        home: &Integration,
    ) -> Result<Option<(i64, Self)>> {
        let Some(known) = view.integration(&home.id)? else { return Ok(None) };
        let all = view.streams()?;
        let number = |name: &str| {
            all.iter().find(|one| one.integration == known.number && one.name == name).map(|one| one.number)
        };
        let own: Vec<i64> = home.streams.iter().filter_map(|stream| number(&stream.name)).collect();
        Ok(Some((known.number, Self::of(workspace, view, home, known.number, &own)?)))
    }

    /// Gathers them. `home_streams` are the numbers of the home's streams in its order.
    pub(crate) fn of(
        workspace: &Workspace,
        view: View<'_>,
        home: &Integration,
        number: i64,
        home_streams: &[i64],
    ) -> Result<Self> {
        let mut voices = Self {
            streams: home_streams.to_vec(),
            of_place: vec![HOME; home_streams.len()],
            integrations: vec![number],
            ..Self::default()
        };
        let speakers = speakers(workspace, home)?;
        if speakers.is_empty() {
            return Ok(voices);
        }
        let mut systems = vec![home.system.clone()];
        let all = view.streams()?;
        for speaker in speakers {
            // What never landed anything has said nothing.
            let Some(known) = view.integration(&speaker.integration.id)? else { continue };
            let voice = voices.integrations.len() as Voice;
            voices.integrations.push(known.number);
            systems.push(if speaker.is_by_hand { String::new() } else { speaker.integration.system.clone() });
            if speaker.is_by_hand {
                voices.by_hand = Some(voice);
            }
            for stream in &speaker.integration.streams {
                voices.add(&all, known.number, &stream.name, voice);
            }
        }
        for (field, row) in workspace.view(|view| view.truth(&IntegrationId::from(home.id.as_str())))? {
            let place = systems.iter().position(|system| *system == row.set.record);
            if let Some(place) = place {
                voices.truth.set(field, place as Voice);
            }
        }
        if voices.by_hand.is_some() {
            voices.kept_by_hand = kept_by_hand(workspace, home)?;
        }
        Ok(voices)
    }

    fn add(&mut self, all: &[StreamRow], integration: i64, name: &str, voice: Voice) {
        let stream = all.iter().find(|one| one.integration == integration && one.name == name);
        if let Some(stream) = stream {
            self.streams.push(stream.number);
            self.of_place.push(voice);
        }
    }

    /// Nobody but the integration itself speaks.
    pub(crate) fn are_one(&self) -> bool {
        self.integrations.len() < 2
    }

    /// A fingerprint of what assembling depends on, with who else speaks: when it changes, every journey is made anew.
    pub(crate) fn basis(&self, assembly: Vec<u8>) -> Vec<u8> {
        if self.are_one() {
            return assembly;
        }
        let others: Vec<(i64, Voice)> = self
            .streams
            .iter()
            .copied()
            .zip(self.of_place.iter().copied())
            .filter(|(_, voice)| *voice != HOME)
            .collect();
        let text = format!("{others:?} {:?}", self.integrations);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&assembly).update(text.as_bytes());
        hasher.finalize().as_bytes()[..assembly.len()].to_vec()
    }

    /// Whose a stream is, by its place.
    pub(crate) fn at(&self, place: i64) -> Voice {
        usize::try_from(place).ok().and_then(|place| self.of_place.get(place)).copied().unwrap_or(HOME)
    }

    /// The statements about an order line that count as they were entered by hand.
    pub(crate) fn kept(&self, journey: i64) -> u64 {
        self.kept_by_hand.get(&journey).copied().unwrap_or_default()
    }

    /// The number of a voice's integration.
    pub(crate) fn integration(&self, voice: Voice) -> i64 {
        self.integrations.get(usize::from(voice)).copied().unwrap_or_default()
    }
}

fn kept_by_hand(workspace: &Workspace, home: &Integration) -> Result<BTreeMap<i64, u64>> {
    let mut kept: BTreeMap<i64, u64> = BTreeMap::new();
    let said = workspace.view(|view| view.hand_kept(&IntegrationId::from(home.id.as_str())))?;
    for ((order, line, field), (word, _)) in said {
        if word.is_kept {
            let journey = OrderKey::of(&home.system, &order).line(&line);
            *kept.entry(journey).or_default() |= 1 << statement(field) as u8;
        }
    }
    Ok(kept)
}
