//! Where the records of one file are put together.

use std::collections::VecDeque;

use crate::draft::Draft;
use crate::inputs::{Options, Record};
use crate::problem::{Place, Problem};
use crate::remarks::{Kind, Remarks};

/// How a file is called.
#[derive(Clone, Default, Debug)]
pub(crate) struct Name {
    /// As the caller named it, for messages.
    pub shown: String,
    /// What ids are made from: the same however the file is named.
    pub id: String,
}

/// What is needed to make records of a file, and those that wait to be taken.
pub(crate) struct Desk<'a> {
    options: &'a Options,
    name: &'a Name,
    remarks: &'a mut Remarks,
    queue: &'a mut VecDeque<Record>,
    records: &'a mut u64,
}

impl<'a> Desk<'a> {
    pub fn new(
        options: &'a Options,
        name: &'a Name,
        remarks: &'a mut Remarks,
        queue: &'a mut VecDeque<Record>,
        records: &'a mut u64,
    ) -> Self {
        Desk {
            options,
            name,
            remarks,
            queue,
            records,
        }
    }

    pub fn options(&self) -> &Options {
        self.options
    }

    /// How many records there were, good or bad.
    pub fn records(&self) -> u64 {
        *self.records
    }

    pub fn next_record(&mut self) {
        *self.records += 1;
    }

    /// A place in the record at hand.
    pub fn place(&self, line: Option<u64>, byte: Option<u64>) -> Place {
        Place {
            file: self.name.shown.clone(),
            record: Some(*self.records).filter(|r| *r > 0),
            line,
            byte,
        }
    }

    /// The file as a place.
    pub fn file(&self) -> Place {
        Place::file(&self.name.shown)
    }

    pub fn fail(&mut self, place: Place, problem: impl Into<String>) {
        self.queue
            .push_back(Record::Failed(Problem::new(place, problem)));
    }

    /// Tells why there is no article of a draft.
    #[cfg(feature = "parquet")]
    pub fn fail_article(&mut self, draft: &Draft, place: Place, problem: String) {
        let problem = Problem::new(place, problem).with_id(self.id(draft));
        self.queue.push_back(Record::Failed(problem));
    }

    pub fn fail_file(&mut self, problem: impl Into<String>) {
        self.fail(self.file(), problem);
    }

    /// Tells something about the file.
    pub fn remark(&mut self, kind: Kind, text: &str) {
        self.remarks.add(kind, &self.file(), text);
        self.tell();
    }

    /// Tells something about a place in it.
    pub fn remark_at(&mut self, kind: Kind, place: &Place, text: &str) {
        self.remarks.add(kind, place, text);
        self.tell();
    }

    /// Hands an article over, after what there is to tell of it.
    pub fn article(&mut self, draft: Draft, place: Place, bytes: u64) {
        let id = self.id(&draft);
        let done = draft.finish(id.clone(), &place, self.options, self.remarks);
        self.tell();
        self.queue.push_back(match done {
            Ok((article, about)) => Record::Article {
                article,
                about,
                place,
                bytes,
            },
            Err(problem) => Record::Failed(Problem::new(place, problem).with_id(id)),
        });
    }

    /// What its article is called by.
    fn id(&self, draft: &Draft) -> String {
        draft.id().unwrap_or_else(|| match *self.records {
            0 => self.name.id.clone(),
            number => format!("{}:{number}", self.name.id),
        })
    }

    fn tell(&mut self) {
        self.queue.extend(self.remarks.take().map(Record::Remark));
    }
}
