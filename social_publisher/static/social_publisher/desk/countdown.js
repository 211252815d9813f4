/* Counts down to moments, in the reader's language and by the server's clock. */
const UNITS = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

class CountdownController extends window.StimulusModule.Controller {
  static targets = ["moment"];

  connect() {
    this.format = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "always" });
    this.ahead = 0;
    this.timer = window.setInterval(() => this.tick(), 1000);
    this.tick();
  }

  disconnect() {
    window.clearInterval(this.timer);
  }

  tick() {
    const said = this.element.querySelector("[data-now]")?.dataset.now;
    if (said !== this.said) {
      this.said = said;
      this.ahead = said ? Date.parse(said) - Date.now() : 0;
    }
    for (const moment of this.momentTargets) {
      const seconds = Math.round((Date.parse(moment.dataset.at) - Date.now() - this.ahead) / 1000);
      const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS[3];
      moment.textContent = this.format.format(Math.trunc(seconds / size), unit);
    }
  }
}

window.wagtail.app.register("desk-countdown", CountdownController);
