/** A phone as a camera: the code it opens, and what it photographs. The pages come in as those of any other run. */
import type { PhoneCode } from "../../bindings/PhoneCode";
import type { PhotoPaper } from "../../bindings/PhotoPaper";
import { desk } from "../../lib/desk";
import { intake } from "../intake/controller.svelte";

export const PAPERS: readonly PhotoPaper[] = ["a4", "a5", "a3", "card"];

class PhoneLink {
  /** What is photographed; the next link begins with the same. */
  paper = $state<PhotoPaper>("a4");
  code = $state.raw<PhoneCode | null>(null);
  /** A phone has opened the link, and nobody else can. */
  opened = $state(false);

  readonly active = $derived(intake.run.kind === "phone");

  /** Opens a link into the selected component. */
  async open(): Promise<void> {
    this.code = null;
    this.opened = false;
    await intake.run.phone((id, component, heard) =>
      desk.scanByPhone(id, component, { paper: this.paper }, (told) => {
        if (told.kind === "link") this.code = told.code;
        else if (told.kind === "opened") this.opened = true;
        else heard(told.step);
      }),
    );
    this.code = null;
  }

  /** Other paper is another link, as long as no phone holds this one. */
  async choose(paper: PhotoPaper): Promise<void> {
    if (paper === this.paper || this.opened) return;
    this.paper = paper;
    if (!this.active) return;
    await intake.run.cancel();
    while (intake.run.active) await new Promise((done) => setTimeout(done, 20));
    await this.open();
  }
}

export const phone = new PhoneLink();
