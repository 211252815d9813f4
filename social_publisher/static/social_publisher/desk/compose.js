/* Shows what is typed as it would leave: asks the server when typing rests, and fills the places of the answer. */
const REST = 400;

class ComposeController extends window.StimulusModule.Controller {
  static targets = ["preview", "trouble", "live"];
  static values = { url: String, post: String };

  connect() {
    this.form = this.element.closest("form");
    this.shown = new Map();
    this.fits = new Map();
    this.later = () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.ask(), REST);
    };
    this.saved = ({ detail }) => {
      if (detail.response?.pk) this.postValue = String(detail.response.pk);
      this.later();
    };
    for (const name of ["input", "change", "w-formset:added", "w-formset:removed"]) this.form.addEventListener(name, this.later);
    this.form.addEventListener("w-autosave:success", this.saved);
    this.ask();
  }

  disconnect() {
    window.clearTimeout(this.timer);
    this.asking?.abort();
    for (const name of ["input", "change", "w-formset:added", "w-formset:removed"]) this.form.removeEventListener(name, this.later);
    this.form.removeEventListener("w-autosave:success", this.saved);
  }

  async ask() {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const body = new FormData(this.form);
    body.set("post", this.postValue);
    try {
      const response = await fetch(this.urlValue, { method: "POST", body, signal: asking.signal });
      if (response.redirected || response.status >= 500 || response.status === 403) throw new Error(response.statusText);
      this.show(new DOMParser().parseFromString(await response.text(), "text/html"));
    } catch (error) {
      if (error.name !== "AbortError") this.say(this.previewTarget.dataset.toldOffline);
    }
  }

  show(answer) {
    this.say(answer.querySelector("[data-compose-trouble]")?.textContent ?? "");
    const parts = new Map([...answer.querySelectorAll("[data-compose-part]")].map((part) => [part.dataset.composePart, part]));
    if (!parts.size) return;
    for (const slot of this.form.querySelectorAll("[data-compose-slot]")) this.fill(slot, parts.get(this.nameOf(slot)));
    this.announce([...parts.values()].filter((part) => part.dataset.fits));
  }

  /* A place in a channel's row is named after the channel. */
  nameOf(slot) {
    const channel = slot.closest("[data-compose-row]")?.querySelector("input[name$='-channel']").value;
    return channel === undefined ? slot.dataset.composeSlot : `${slot.dataset.composeSlot}-${channel}`;
  }

  fill(slot, part) {
    const html = part?.innerHTML ?? "";
    if (this.shown.get(slot) === html) return;
    this.shown.set(slot, html);
    const focused = slot.contains(document.activeElement) ? document.activeElement.id : "";
    const chosen = slot.value;
    slot.replaceChildren(...(part ? [...part.cloneNode(true).childNodes] : []));
    if (chosen !== undefined) slot.value = chosen;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  /* Only what changed from fitting to too long, or back, is said. */
  announce(parts) {
    const told = parts.filter((part) => (this.fits.get(part.dataset.composePart) ?? "yes") !== part.dataset.fits);
    const first = this.fits.size === 0;
    this.fits = new Map(parts.map((part) => [part.dataset.composePart, part.dataset.fits]));
    if (told.length && !first) this.liveTarget.textContent = told.map((part) => part.dataset.told).join(" ");
  }

  say(trouble) {
    this.troubleTarget.textContent = trouble;
    this.troubleTarget.hidden = !trouble;
  }
}

window.wagtail.app.register("desk-compose", ComposeController);
