package dev.baton.engine.check;

/**
 * State that workers share without a guard, and that changed while they ran.
 *
 * @param stage the operator it was reached from
 * @param place the class and field, and which element of it
 * @param type of what changed
 * @param before what was there, as text
 * @param after what is there now
 * @param remedy what to do
 */
public record SharedState(
    String stage, String place, String type, String before, String after, String remedy) {
  @Override
  public String toString() {
    return String.format(
        "%s: %s (%s) is shared by workers without a guard and changed from %s to %s; %s",
        stage, place, type, before, after, remedy);
  }
}
