// The page that a phone opens from the code on the counter's screen: photographs go over one by one, and each is told as
// stored only when the counter says that it lies on its disk.
"use strict";

const WORDS = {
  vi: {
    how: "Chụp từng trang từ trên xuống, đủ bốn mép giấy, trên nền khác màu giấy.",
    take: "Chụp giấy",
    choose: "Chọn ảnh có sẵn",
    done: "Xong",
    sending: "Đang gửi…",
    stored: (n) => `Đã lưu, trang ${n}`,
    lost: "Chưa gửi được. Kiểm tra Wi-Fi rồi gửi lại.",
    again: "Gửi lại",
    over: "Liên kết này đã dùng hoặc đã hết hạn. Mở lại mã trên máy quầy rồi quét lần nữa.",
    ended: (n) => `Đã xong: ${n} trang đã ở máy quầy. Có thể đóng trang này.`,
  },
  en: {
    how: "Photograph each page from above with all four edges in sight, on a ground of another color.",
    take: "Take a photo",
    choose: "Choose photos",
    done: "Done",
    sending: "Sending…",
    stored: (n) => `Stored, page ${n}`,
    lost: "Not sent. Check the Wi-Fi, then send again.",
    again: "Send again",
    over: "This link was used or has run out. Open the code at the counter anew and scan it again.",
    ended: (n) => `Done: ${n} pages are at the counter. You can close this page.`,
  },
};

const at = (id) => document.getElementById(id);
let words = WORDS.vi;
let stored = 0;
let queue = Promise.resolve();

const ask = (path, body) =>
  fetch(path, { method: body === undefined ? "GET" : "POST", body, headers: { "X-Mot-Cua": "1" }, cache: "no-store" });

function over(text, well = false) {
  at("hands").hidden = true;
  at("how").hidden = true;
  at("notice").hidden = false;
  at("notice").className = well ? "well" : "";
  at("notice").textContent = text;
}

async function begin() {
  const token = location.hash.slice(1);
  history.replaceState(null, "", "/");
  if (token) await ask("/enter", token);
  const answer = await ask("/state");
  if (!answer.ok) return over(words.over);
  const state = await answer.json();
  words = WORDS[state.locale] ?? WORDS.vi;
  document.documentElement.lang = state.locale;
  stored = state.received;
  at("station").textContent = state.station;
  at("title").textContent = state.title;
  for (const id of ["how", "take", "choose", "done"]) at(id).textContent = words[id];
  at("hands").hidden = false;
}

function row(file) {
  const item = document.createElement("li");
  const picture = document.createElement("img");
  picture.alt = "";
  picture.src = URL.createObjectURL(file);
  const text = document.createElement("p");
  item.append(picture, text);
  at("pages").prepend(item);
  return { item, text };
}

function say(text, kind, first, then) {
  const line = document.createElement("span");
  line.className = kind;
  line.textContent = first;
  text.replaceChildren(line);
  if (then) {
    const small = document.createElement("small");
    small.textContent = then;
    text.append(small);
  }
}

async function send(file, { item, text }) {
  say(text, "", words.sending);
  item.querySelector("button")?.remove();
  try {
    const answer = await ask("/picture", file);
    if (answer.status === 403 || answer.status === 410) return over(words.over);
    const told = await answer.json();
    if (!told.ok) return say(text, "ill", told.text, told.remedy);
    stored = told.received;
    say(text, "well", words.stored(stored), told.text);
  } catch {
    say(text, "ill", words.lost);
    const again = document.createElement("button");
    again.textContent = words.again;
    again.onclick = () => enqueue(file, { item, text });
    item.append(again);
  }
}

function enqueue(file, place) {
  queue = queue.then(() => send(file, place));
}

for (const id of ["camera", "album"]) {
  at(id).addEventListener("change", (event) => {
    for (const file of event.target.files) enqueue(file, row(file));
    event.target.value = "";
  });
}

at("done").addEventListener("click", () => {
  queue = queue.then(async () => {
    await ask("/done", "").catch(() => null);
    over(words.ended(stored), true);
  });
});

begin().catch(() => over(words.lost));
