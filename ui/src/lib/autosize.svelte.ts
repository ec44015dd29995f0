/** Lets a text area grow with its text, up to its max-height, also where the engine has no `field-sizing`. */
import type { Attachment } from "svelte/attachments";

export function autosize(text: () => string): Attachment<HTMLTextAreaElement> {
  return (area) => {
    $effect(() => {
      void text();
      area.style.height = "auto";
      area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
    });
  };
}
