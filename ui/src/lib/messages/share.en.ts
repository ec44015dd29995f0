/** A scanner lent to other counters, in English. */
import type { ShareMessages } from "./share.vi";

export const shareEn: ShareMessages = {
  title: "Let other counters use this scanner",
  hint: "Other counters add this address as a network scanner. Whoever has it can scan: give it to people of the office alone.",
  address: "Address",
  alt: (name) => `Code of the address of ${name}`,
  copy: "Copy address",
  copied: "The address is copied.",
  renew: "Change address",
  renewed: "The address is another one now: the one before opens nothing.",
  fingerprint: "Fingerprint of the certificate",
  failed: (port) => `Another program holds port ${port}. It is tried again.`,
  guest: (peer, pages) => `The counter at ${peer} scans, ${pages === 1 ? "1 page" : `${pages} pages`} fetched.`,
};
