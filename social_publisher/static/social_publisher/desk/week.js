// A channel's week: add a time, remove one, copy Monday to the other workdays. Without it each day still has one empty row.
class WeekController extends window.StimulusModule.Controller {
  static targets = ["day", "said"];
  static values = { added: String, removed: String, copied: String };

  add(event) {
    const day = event.target.closest("fieldset");
    this.row(day, "").querySelector("input").focus();
    this.say(`${this.addedValue} ${day.dataset.label}.`);
  }

  remove(event) {
    const row = event.target.closest("li");
    const day = row.closest("fieldset");
    if (row.parentElement.children.length > 1) {
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      next.querySelector("input").focus();
    } else {
      row.querySelector("input").value = "";
      row.querySelector("input").focus();
    }
    this.say(`${this.removedValue} ${day.dataset.label}.`);
  }

  copy() {
    const [monday, ...others] = this.dayTargets;
    const times = [...monday.querySelectorAll("input")].map((input) => input.value).filter(Boolean);
    others.slice(0, 4).forEach((day) => {
      const rows = [...day.querySelectorAll("li")];
      rows.slice(1).forEach((row) => row.remove());
      rows[0].querySelector("input").value = "";
      times.forEach((time, index) => {
        const row = index === 0 ? rows[0] : this.row(day, "");
        row.querySelector("input").value = time;
      });
    });
    this.say(this.copiedValue);
  }

  row(day, value) {
    const list = day.querySelector("ul");
    const row = list.lastElementChild.cloneNode(true);
    row.querySelector("input").value = value;
    list.append(row);
    return row;
  }

  say(words) {
    this.saidTarget.textContent = words;
  }
}

window.wagtail.app.register("desk-week", WeekController);
