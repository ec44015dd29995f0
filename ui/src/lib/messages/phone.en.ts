/** A phone as a camera, in English. */
import type { PhoneMessages } from "./phone.vi";

export const phoneEn: PhoneMessages = {
  key: "Photograph with a phone",
  button: "Phone",
  hint: "Photograph papers with a phone on the same network, into the selected paper",
  title: "Photograph with a phone",
  alt: "The code for the phone",
  network: "Connect the phone to the same Wi-Fi as this machine.",
  scan: "Open the phone's camera and scan the code. It works once.",
  trust: "The phone warns of an unknown certificate: look at its details, and go on if the fingerprint is this one:",
  paper: "Photograph",
  papers: { a4: "A4", a5: "A5", a3: "A3", card: "Card" },
  holds: "The phone is connected.",
  meanwhile: "The edges of each photo are found, it is laid flat and stored at once. No other device can open this code.",
  none: "No photo yet",
  received: (pages) => (pages === 1 ? "1 page stored" : `${pages} pages stored`),
  done: "Done",
  waiting: "Waiting for photos from the phone",
  photo: "Photo",
  wholePicture: "See the whole photo, not laid flat",
};
