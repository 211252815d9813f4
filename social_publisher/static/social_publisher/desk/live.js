/* Keeps a part of a screen as it is now: asks every few seconds while the screen is seen, and says what changed. */
class LiveController extends window.StimulusModule.Controller {
  static values = { url: String, seconds: { type: Number, default: 5 } };

  connect() {
    this.tag = "";
    this.heard = this.summary;
    this.look = this.look.bind(this);
    this.timer = window.setInterval(this.look, this.secondsValue * 1000);
    this.left = 10;
    document.addEventListener("visibilitychange", this.look);
  }

  disconnect() {
    window.clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.look);
  }

  get summary() {
    const said = this.element.querySelector("[data-summary]");
    return said ? said.dataset.summary || said.textContent.trim() : "";
  }

  async look() {
    if (document.hidden || this.asking) return;
    this.asking = true;
    try {
      const headers = { "X-Requested-With": "XMLHttpRequest", ...(this.tag && { "If-None-Match": this.tag }) };
      const response = await fetch(this.urlValue, { headers, cache: "no-store" });
      if (response.ok && !response.redirected) {
        this.tag = response.headers.get("ETag") ?? "";
        this.show(await response.text());
      }
    } catch {
      /* The network is away: the next look tries again. */
    } finally {
      this.asking = false;
    }
  }

  show(html) {
    const active = this.element.contains(document.activeElement) ? document.activeElement : null;
    const { id } = active ?? {};
    const href = active?.getAttribute("href");
    const top = window.scrollY;
    this.element.innerHTML = html;
    const again = id ? document.getElementById(id) : href && this.element.querySelector(`a[href="${CSS.escape(href)}"]`);
    again?.focus?.({ preventScroll: true });
    window.scrollTo({ top });
    if (this.summary !== this.heard) {
      this.heard = this.summary;
      const status = document.querySelector("[data-desk-live-status]");
      if (status) status.textContent = this.summary;
    }
    // Where it is done, a few more looks show what comes after.
    if (this.element.querySelector("[data-done]") && --this.left <= 0) window.clearInterval(this.timer);
  }
}

window.wagtail.app.register("desk-live", LiveController);
