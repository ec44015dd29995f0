//! The real central system in a process of its own, which is killed and comes back on the same folder and address.

use crate::office::CODE;
use crate::role::{Role, spawn, start};
use crate::said::MARK;
use crate::worker::end_with_parent;
use central::{Central, Server};
use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;

pub(crate) struct Capital {
    dir: PathBuf,
    address: SocketAddr,
    child: Option<Child>,
}

impl Capital {
    pub(crate) fn start(dir: &Path) -> Self {
        let mut capital = Self { dir: dir.to_owned(), address: "127.0.0.1:0".parse().unwrap(), child: None };
        capital.restart();
        capital
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn restart(&mut self) {
        if self.child.is_some() {
            return;
        }
        let mut command = start(&Role::Central { dir: self.dir.clone(), address: self.address });
        let mut child = spawn(command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()));
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let address =
            lines.filter_map(|line| line.split_once(char::from(MARK)).map(|(_, text)| text.to_owned())).next();
        self.address = address.expect("the central system says where it listens").parse().unwrap();
        self.child = Some(child);
    }

    pub(crate) fn is_up(&self) -> bool {
        self.child.is_some()
    }

    pub(crate) fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    pub(crate) fn open(&self) -> Central {
        Central::open(&self.dir).unwrap()
    }

    pub(crate) fn token(&self) -> String {
        self.open().enroll_token(&CODE.parse().unwrap(), "Quầy 1").unwrap()
    }

    pub(crate) fn holds(&self, hash: &domain::FileHash) -> bool {
        let name = hash.to_string();
        let bytes = std::fs::read(self.dir.join("files").join(&name[..2]).join(name));
        bytes.is_ok_and(|bytes| domain::FileHash::of(&bytes) == *hash)
    }
}

impl Drop for Capital {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What the process does.
pub(crate) fn serve(dir: &Path, address: SocketAddr) -> ! {
    end_with_parent();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let _server = runtime.block_on(async {
        let server = Server::start(Arc::new(Central::open(dir).unwrap()), address).await.unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "\n{}{}", char::from(MARK), server.address()).and_then(|()| out.flush()).unwrap();
        server
    });
    loop {
        std::thread::park();
    }
}
