/* Shows the length of a correction on each network while it is typed. */
const { Controller } = window.StimulusModule;
const WAIT = 300;

class LengthsController extends Controller {
  static targets = ["result"];
  static values = { url: String };

  connect() {
    this.fields = ["text", "campaign"].map((name) => document.getElementById(`id_${name}`));
    this.later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.measure(), WAIT);
    };
    this.fields.forEach((field) => field.addEventListener("input", this.later));
  }

  disconnect() {
    clearTimeout(this.timer);
    this.fields.forEach((field) => field.removeEventListener("input", this.later));
  }

  async measure() {
    const [text, campaign] = this.fields.map((field) => field.value);
    const { CSRF_HEADER_NAME, CSRF_TOKEN } = window.wagtailConfig;
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const response = await fetch(this.urlValue, {
        method: "POST",
        headers: { [CSRF_HEADER_NAME]: CSRF_TOKEN },
        body: new URLSearchParams({ text, campaign }),
        signal: this.asked.signal,
      });
      if (response.ok) this.resultTarget.innerHTML = await response.text();
    } catch {
      // Typed on, or the server is away: the next key asks again.
    }
  }
}

window.wagtail.app.register("social-lengths", LengthsController);
