package dev.millrace.app.demo;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * The made-up shop behind the demo's upstream: the same id always gives the same data, so nothing
 * is stored. Pure but for the clock, usable on any thread.
 */
final class Shop {

  private static final List<String> ADJECTIVES =
      List.of("Alpine", "Nordic", "Classic", "Urban", "Coastal", "Heritage");
  private static final List<String> NOUNS =
      List.of("Rain Jacket", "Wool Scarf", "Day Pack", "Trail Shoe", "Travel Mug", "Head Torch");
  private static final List<String> CATEGORIES =
      List.of("outerwear", "accessories", "bags", "shoes", "kitchen", "lighting");
  private static final List<String> FIRST_NAMES =
      List.of("Ada", "Jonas", "Mira", "Tomasz", "Chloé", "Sven", "Ines", "Pavel");
  private static final List<String> LAST_NAMES =
      List.of("Lindgren", "Okafor", "Moreau", "Kowalska", "Brandt", "Silva");
  private static final List<String> STREETS =
      List.of("Mill Lane", "Harbour Street", "Station Road", "Orchard Way");
  private static final List<String> CITIES = List.of("Berlin", "Lyon", "Gdańsk", "Porto");
  private static final List<String> COUNTRIES = List.of("DE", "FR", "PL", "PT");
  private static final List<String> WAREHOUSES = List.of("berlin", "lyon", "gdansk");
  private static final List<String> OPINIONS =
      List.of(
          "Does what it says.",
          "Better than the picture.",
          "Arrived late, but worth it.",
          "I bought a second one.",
          "The zip could be stronger.");

  private final Clock clock;

  Shop(Clock clock) {
    this.clock = clock;
  }

  record Product(
      String sku,
      String name,
      String category,
      int weightGrams,
      String imageUrl,
      String description) {}

  record Price(double amount, String currency, String validUntil) {}

  record Stock(int available, String warehouse) {}

  record Review(String author, int rating, String text, String writtenOn) {}

  record Reviews(Double average, int count, List<Review> items) {}

  record Delivery(double cost, String currency, String earliest) {}

  record CartItem(String sku, int quantity, int unitCents) {}

  record Cart(
      String id, String customerId, String currency, int totalCents, List<CartItem> items) {}

  record Address(String street, String city, String postcode, String country) {}

  record Customer(String id, String name, String email, Address address) {}

  record User(String id, String name, String email, String memberSince) {}

  record OrderLine(String orderId, String sku, String placedAt, String status) {}

  record Orders(int total, List<OrderLine> items) {}

  record Reservation(String reservationId, String expiresAt) {}

  record Charge(String chargeId, String status) {}

  record PlacedOrder(String orderId, String status, String placedAt) {}

  record Quote(int priceCents, int days) {}

  Product product(String sku) {
    SplittableRandom random = random("product", sku);
    int kind = random.nextInt(NOUNS.size());
    String name = pick(ADJECTIVES, random) + " " + NOUNS.get(kind);
    return new Product(
        sku,
        name,
        CATEGORIES.get(kind),
        random.nextInt(80, 4_000),
        "https://images.example.com/" + sku.toLowerCase(Locale.ROOT) + ".webp",
        "The " + name + ", made to last.");
  }

  Price price(String sku, String currency) {
    int cents = random("price", sku + currency).nextInt(990, 24_900);
    return new Price(cents / 100.0, currency, now(15, ChronoUnit.MINUTES));
  }

  Stock stock(String sku) {
    SplittableRandom random = random("stock", sku);
    return new Stock(random.nextInt(0, 120), pick(WAREHOUSES, random));
  }

  Reviews reviews(String sku, int limit) {
    SplittableRandom random = random("reviews", sku);
    int count = random.nextInt(1, 300);
    List<Review> items = new ArrayList<>();
    int sum = 0;
    for (int at = 0; at < Math.min(limit, count); at++) {
      int rating = random.nextInt(3, 6);
      sum += rating;
      items.add(
          new Review(
              pick(FIRST_NAMES, random),
              rating,
              pick(OPINIONS, random),
              today().minusDays(1 + 9L * at).toString()));
    }
    Double average = items.isEmpty() ? null : Math.round(10.0 * sum / items.size()) / 10.0;
    return new Reviews(average, count, items);
  }

  Delivery delivery(String warehouse, int grams, String postcode) {
    int days = random("delivery", warehouse + postcode).nextInt(1, 5);
    double cost = Math.round(390 + grams * 0.11) / 100.0;
    return new Delivery(cost, "EUR", today().plusDays(days).toString());
  }

  Cart cart(String id) {
    SplittableRandom random = random("cart", id);
    List<CartItem> items = new ArrayList<>();
    int total = 0;
    int lines = random.nextInt(1, 4);
    for (int at = 0; at < lines; at++) {
      CartItem item =
          new CartItem(
              "TX-" + random.nextInt(1_000, 10_000),
              random.nextInt(1, 4),
              random.nextInt(990, 24_900));
      total += item.quantity() * item.unitCents();
      items.add(item);
    }
    return new Cart(id, "customer-" + random.nextInt(1, 500), "EUR", total, items);
  }

  Customer customer(String id) {
    SplittableRandom random = random("person", id);
    String first = pick(FIRST_NAMES, random);
    String last = pick(LAST_NAMES, random);
    int place = random.nextInt(CITIES.size());
    Address address =
        new Address(
            random.nextInt(1, 120) + " " + pick(STREETS, random),
            CITIES.get(place),
            Integer.toString(random.nextInt(10_000, 99_999)),
            COUNTRIES.get(place));
    return new Customer(id, first + " " + last, email(last, id), address);
  }

  User user(String id) {
    Customer customer = customer(id);
    LocalDate since = today().minusDays(random("since", id).nextInt(30, 2_000));
    return new User(id, customer.name(), customer.email(), since.toString());
  }

  Orders orders(String customer, int limit) {
    SplittableRandom random = random("orders", customer);
    int total = random.nextInt(1, 40);
    List<OrderLine> items = new ArrayList<>();
    for (int at = 0; at < Math.min(limit, total); at++) {
      items.add(
          new OrderLine(
              orderId(random),
              "TX-" + random.nextInt(1_000, 10_000),
              clock.instant().minus(2 + 11L * at, ChronoUnit.DAYS).toString(),
              at == 0 ? "shipped" : "delivered"));
    }
    return new Orders(total, items);
  }

  Reservation reservation() {
    return new Reservation(UUID.randomUUID().toString(), now(20, ChronoUnit.MINUTES));
  }

  Charge charge() {
    return new Charge("ch_" + Long.toHexString(new SplittableRandom().nextLong()), "captured");
  }

  PlacedOrder placedOrder() {
    return new PlacedOrder(orderId(new SplittableRandom()), "placed", clock.instant().toString());
  }

  Quote quote(String carrier, String from, String to, int grams) {
    SplittableRandom random = random(carrier, from + to);
    int base = random.nextInt(390, 1_400);
    return new Quote(base + grams / 10, random.nextInt(1, from.equals(to) ? 3 : 7));
  }

  private static String email(String lastName, String id) {
    String letters = lastName.toLowerCase(Locale.ROOT);
    return letters + "." + Integer.toHexString(id.hashCode()) + "@example.com";
  }

  private static String orderId(SplittableRandom random) {
    return String.format(Locale.ROOT, "O-%08X", random.nextInt());
  }

  private static SplittableRandom random(String kind, String id) {
    return new SplittableRandom(31L * kind.hashCode() + id.hashCode());
  }

  private static String pick(List<String> words, SplittableRandom random) {
    return words.get(random.nextInt(words.size()));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private String now(long plus, ChronoUnit unit) {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(plus, unit).toString();
  }
}
