/** Counts down to when a post leaves, by the server's clock, and shows the screen anew when it has. */
const { Controller } = window.StimulusModule;

const SAID_AT = [20, 10, 5];
const SETTLE_MS = 2500;

class DeskUndo extends Controller {
  static targets = ["left", "said"];
  static values = { until: String, now: String, said: String };

  connect() {
    const ahead = Date.parse(this.nowValue) - Date.now();
    this.until = Date.parse(this.untilValue) - ahead;
    this.shown = null;
    if (this.until > Date.now()) {
      this.timer = window.setInterval(() => this.tick(), 200);
      this.tick();
    }
  }

  disconnect() {
    window.clearInterval(this.timer);
    window.clearTimeout(this.reload);
  }

  tick() {
    const seconds = Math.max(0, Math.ceil((this.until - Date.now()) / 1000));
    if (seconds === this.shown) return;
    this.shown = seconds;
    const words = this.saidValue.replace("{seconds}", seconds);
    if (this.hasLeftTarget) this.leftTarget.textContent = words;
    if (SAID_AT.includes(seconds)) this.saidTarget.textContent = words;
    if (seconds === 0) {
      window.clearInterval(this.timer);
      this.reload = window.setTimeout(() => window.location.reload(), SETTLE_MS);
    }
  }
}

window.wagtail.app.register("desk-undo", DeskUndo);
