/** Cards found on pictures: on the draft's scanned pages, or on pictures given for it. Offered; a person takes them. */
import type { CardOffer } from "../../bindings/CardOffer";
import { desk } from "../../lib/desk";
import { m } from "../../lib/say.svelte";
import { intake } from "../intake/controller.svelte";
import { asUserError, notices } from "../notices/controller.svelte";

class CardOffers {
  /** A picture is being looked at. */
  looking = $state(false);
  #pages = $state.raw<CardOffer[]>([]);
  #pictures = $state.raw<CardOffer[]>([]);
  /** Whose cards were put away, for the dossier at hand. */
  #away = $state.raw<readonly string[]>([]);
  #of: string | null = null;

  shown = $derived.by(() => {
    const here = [intake.form.id_number, intake.rep.id_number, ...this.#away];
    const offers = [...this.#pictures, ...this.#pages].filter((one) => !here.includes(one.card.id_number));
    return offers.filter((one, at) => offers.findIndex((other) => other.card.id_number === one.card.id_number) === at);
  });

  /** Looks at the pages of a draft, behind whatever the clerk does. */
  async look(id: string): Promise<void> {
    if (this.#of !== id) {
      this.#of = id;
      this.#pages = [];
      this.#pictures = [];
      this.#away = [];
    }
    // A look that fails offers nothing, and nothing is lost by it.
    const found = await desk.cardOffers(id).catch(() => []);
    if (this.#of === id) this.#pages = found;
  }

  /** Pictures were dropped for a card. False where they show none and are perhaps meant as pages. */
  dropped(drop: number): Promise<boolean> {
    return this.#given(() => desk.cardsDropped(drop));
  }

  pick(): Promise<boolean> {
    return this.#given(() => desk.pickCardPicture());
  }

  /** One card is what somebody gave the picture for; of several they choose. */
  async #given(ask: () => Promise<CardOffer[]>): Promise<boolean> {
    const id = intake.dossier?.id;
    if (!id || !intake.draft || this.looking) return false;
    this.looking = true;
    try {
      const found = await ask();
      if (intake.dossier?.id !== id) return true;
      const [only] = found;
      if (found.length === 1 && only) await intake.readCard(only.text);
      else this.#pictures = found;
      return true;
    } catch (reason) {
      const error = asUserError(reason);
      if (error.code === "no_card_code") intake.cardError = error;
      else notices.fail(error);
      return false;
    } finally {
      this.looking = false;
    }
  }

  async take(offer: CardOffer): Promise<boolean> {
    return intake.readCard(offer.text);
  }

  putAway(offer: CardOffer): void {
    const number = offer.card.id_number;
    this.#away = [...this.#away, number];
    notices.tell(m().applicant.offerLeft(offer.card.name), {
      run: async () => void (this.#away = this.#away.filter((one) => one !== number)),
      of: intake.dossier?.id,
    });
  }
}

export const cardOffers = new CardOffers();
