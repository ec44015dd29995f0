/** Text without diacritics, as people type it in a hurry: `đ` is `d`, and what is no letter or digit parts words. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().replace(/[^\p{L}\p{N}+]+/gu, " ").trim();
}
