// Moving posts on the calendar: by drag and drop, and by keyboard in a dialog. Both send the form of the plain page.

const SCRIPT = { "X-Requested-With": "XMLHttpRequest" };
const IGNORED = "input, select, textarea, dialog";

class SocialCalendar extends window.StimulusModule.Controller {
  static targets = ["said", "body", "dialog", "form"];

  static values = { failed: String, undo: String };

  // Dragging -----------------------------------------------------------------

  lift(event) {
    this.lifted = event.target.closest?.("[draggable=true]");
    if (!this.lifted) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.lifted.id);
    this.lifted.classList.add("cal-entry--lifted");
  }

  over(event) {
    const cell = this.lifted && event.target.closest("[data-date]");
    if (!cell) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    if (cell !== this.under) this.mark(cell);
  }

  leave(event) {
    if (!event.relatedTarget || !this.element.contains(event.relatedTarget)) this.mark(null);
  }

  settle() {
    this.lifted?.classList.remove("cal-entry--lifted");
    this.lifted = null;
    this.mark(null);
  }

  drop(event) {
    const cell = this.lifted && event.target.closest("[data-date]");
    if (!cell) return;
    event.preventDefault();
    const { revision, time } = this.lifted.dataset;
    const move = this.mover(this.lifted).formAction;
    const { date, hour, nth } = cell.dataset;
    const [, ...rest] = (time || "00:00:00").split(":");
    const at = hour ? [hour, ...rest].join(":") : time;
    this.settle();
    if (!at) {
      this.open(`${move}?${new URLSearchParams({ date, back: window.location.search })}`);
      return;
    }
    this.post(move, { date, time: at, reading: nth ?? "", revision, back: window.location.search });
  }

  mark(cell) {
    this.under?.classList.remove("cal-day--under");
    this.under = cell;
    cell?.classList.add("cal-day--under");
  }

  // Keyboard and dialog ------------------------------------------------------

  key(event) {
    const entry = event.target.closest(".cal-entry");
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (!entry || held || event.key.toLowerCase() !== "m" || event.target.closest(IGNORED)) return;
    const move = this.mover(entry);
    if (!move) return;
    event.preventDefault();
    move.click();
  }

  mover(entry) {
    return entry.querySelector(".cal-entry__move");
  }

  press(event) {
    if (event.target.closest("[data-cal-close]")) this.dialogTarget.close();
    const undo = event.target.closest("[data-cal-undo]");
    if (undo) this.post(undo.dataset.calUndo, { at: undo.dataset.at, revision: undo.dataset.revision });
  }

  send(event) {
    const form = event.target;
    if (form.id === "cal-move" && event.submitter) {
      event.preventDefault();
      this.open(`${event.submitter.formAction}?${new URLSearchParams(new FormData(form))}`);
    } else if (form.matches("[data-cal-form]")) {
      event.preventDefault();
      this.post(form.action, new FormData(form, event.submitter));
    }
  }

  async open(address) {
    const answer = await this.ask(address);
    if (answer) this.show(await answer.text());
  }

  show(html) {
    this.formTarget.innerHTML = html;
    if (!this.dialogTarget.open) this.dialogTarget.showModal();
    const first = this.formTarget.querySelector("[data-cal-first]") ?? this.formTarget.querySelector("[type=date]");
    first?.focus();
  }

  // The site -----------------------------------------------------------------

  async post(address, fields) {
    const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
    const token = this.element.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await this.ask(address, { method: "POST", body, headers: { ...SCRIPT, "X-CSRFToken": token } });
    if (!answer) return;
    if (answer.ok) await this.moved(await answer.json());
    else this.show(await answer.text());
  }

  async ask(address, options = {}) {
    try {
      const answer = await fetch(address, { headers: SCRIPT, ...options });
      if (answer.redirected || ![200, 409, 422].includes(answer.status)) throw new Error(answer.status);
      return answer;
    } catch {
      this.dialogTarget.close();
      this.say(this.failedValue);
      return null;
    }
  }

  async moved({ message, undo, revision, url, post }) {
    this.dialogTarget.close();
    const answer = await this.ask(window.location.href);
    if (answer) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.bodyTarget.replaceChildren(...fresh.querySelector("[data-social-calendar-target=body]").childNodes);
    }
    this.say(message);
    if (undo) this.saidTarget.append(" ", this.undoButton({ url, undo, revision }));
    const entry = document.getElementById(`cal-post-${post}`);
    (entry?.querySelector(".cal-entry__text") ?? this.saidTarget).focus();
  }

  undoButton({ url, undo, revision }) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button button-small", textContent: this.undoValue });
    Object.assign(button.dataset, { calUndo: url, at: undo, revision });
    return button;
  }

  say(words) {
    this.saidTarget.textContent = words;
  }
}

window.wagtail.app.register("social-calendar", SocialCalendar);
